import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../root.ts'

/** An entry of package-lock.json, as far as it matters here. */
export interface LockedPackage {
  /** Of members of the workspace only. */
  readonly name?: string
  readonly version?: string
  readonly license?: string
  readonly integrity?: string
  readonly deprecated?: string
  readonly hasInstallScript?: boolean
  /** The entry stands for the folder of the workspace that `resolved` names. */
  readonly link?: boolean
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** By place: `node_modules/a`, `apps/acctl/node_modules/b`, `libs/domain/kernel`. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>

export interface Lock {
  readonly packages: LockedPackages
}

/** The programs in the image. */
export const PROGRAMS = ['apps/ac-service', 'apps/acctl', 'apps/rotate-keys']

export const readLock = (): Lock => JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock

/**
 * What a production install of the programs puts in place, without peers and without optional packages: the programs
 * themselves, members of the workspace and packages from outside, each with its place.
 * @throws {Error} the lock file lacks something that is asked for
 */
export function productionPackages(packages: LockedPackages): ReadonlyMap<string, LockedPackage> {
  const found = new Map<string, LockedPackage>()
  const visit = (place: string): void => {
    const entry = packages[place]
    if (entry === undefined) throw new Error(`package-lock.json has no ${place}`)
    if (entry.link && entry.resolved !== undefined) return visit(entry.resolved)
    if (found.has(place)) return
    found.set(place, entry)
    for (const name of Object.keys(entry.dependencies ?? {})) visit(resolve(packages, place, name))
  }
  PROGRAMS.forEach(visit)
  return found
}

/** Whether a place is that of a package from outside, and not of a member of the workspace. */
export const isForeign = (place: string): boolean => place.includes('node_modules/')

/** `@scope/name` of a foreign place. */
export const packageNameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 13)

/** Where Node finds `name` for what is at `place`: beside it, else beside each folder around it. */
function resolve(packages: LockedPackages, place: string, name: string): string {
  for (let folder = place; ; folder = folder.replace(/(?:^|[/])[^/]*$/, '')) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (packages[candidate]) return candidate
    if (folder === '') throw new Error(`package-lock.json has no ${name} for ${place}`)
  }
}
