import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from '../root.ts'
import { isForeign, productionPackages, readLock, type LockedPackage } from './production-packages.ts'

const OPTIONS = ['--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application']

/**
 * The bill of materials of the image, as CycloneDX JSON by `npm sbom`. npm is shown a workspace that has nothing but what
 * goes into the image: of the whole one, its `--omit` leaves out what members need of each other, and peers that are loaded.
 */
export function makeSbom(): string {
  const scratch = mkdtempSync(join(tmpdir(), 'ac-sbom-'))
  // npm names the whole after its folder.
  const folder = join(scratch, 'ac-service')
  try {
    for (const [file, content] of Object.entries(productionWorkspace())) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), JSON.stringify(content))
    }
    return execFileSync('npm', ['sbom', ...OPTIONS], { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

/** The manifests and the lock file of the workspace that a production install leaves. */
function productionWorkspace(): Readonly<Record<string, object>> {
  const { packages } = readLock()
  const production = [...productionPackages(packages)].map(([place, entry]) => [place, inProduction(entry)] as const)
  const members = production.filter(([place]) => !isForeign(place))
  const links = Object.entries(packages).filter(
    ([, { link, resolved }]) => link && members.some(([place]) => place === resolved),
  )
  const { name, version, license } = packages[''] ?? {}
  const root = { name, version, license, workspaces: members.map(([place]) => place) }
  return {
    'package.json': { ...root, overrides: plainOverrides() },
    'package-lock.json': {
      name,
      version,
      lockfileVersion: 3,
      packages: Object.fromEntries<object>([['', root], ...production, ...links]),
    },
    ...Object.fromEntries(members.map(([place, member]) => [`${place}/package.json`, member])),
  }
}

/** The overrides of the workspace, but for those about single packages: these are about compilers. */
function plainOverrides(): object {
  const { overrides } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly overrides: object }
  return Object.fromEntries(Object.entries(overrides).filter(([, version]) => typeof version === 'string'))
}

/** Without what is for development, optional, or brought by somebody else. */
const inProduction = ({ name, version, license, integrity, dependencies }: LockedPackage): LockedPackage =>
  JSON.parse(JSON.stringify({ name, version, license, integrity, dependencies })) as LockedPackage
