import { chmod, cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { allowed } from '../allowed.ts'
import { isOurFolder } from '../shared-folder.ts'
import { systemErrorCode } from '../system-error.ts'

/**
 * Copies the native folder so that every user can run it, in one atomic step: another process sees all or nothing.
 * A copy that exists already is replaced. Safe for concurrent calls: the last one wins, all are alike.
 */
export async function copyBinaries(native: string, target: string): Promise<void> {
  const building = `${target}.${process.pid}`
  await allowed(`write ${building}`, async () => {
    try {
      await rm(building, { recursive: true, force: true })
      await cp(native, building, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
      await hydrateSymlinks(building)
      await letEverybodyRead(building)
      if (await isOurFolder(target, process.geteuid?.() ?? 0)) await rm(target, { recursive: true, force: true })
      await rename(building, target)
    } finally {
      await rm(building, { recursive: true, force: true })
    }
  })
}

/** npm packages hold no symbolic links: the package's install script makes them from this list, if it may run. */
async function hydrateSymlinks(native: string): Promise<void> {
  const listed: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'))
  for (const { source, target } of Array.isArray(listed) ? listed.filter(isLink) : []) {
    const place = join(dirname(native), target.replace(/^native/, basename(native)))
    await symlink(relative(dirname(target), source), place).catch((failure: unknown) => {
      if (systemErrorCode(failure) !== 'EEXIST') throw failure
    })
  }
}

function isLink(value: unknown): value is { readonly source: string; readonly target: string } {
  if (typeof value !== 'object' || value === null || !('source' in value) || !('target' in value)) return false
  return typeof value.source === 'string' && typeof value.target === 'string'
}

async function letEverybodyRead(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const path of await readdir(folder, { recursive: true })) {
    const found = await lstat(join(folder, path))
    if (found.isSymbolicLink()) continue
    const executable = found.isDirectory() || (found.mode & 0o100) !== 0 || path.startsWith('bin')
    await chmod(join(folder, path), executable ? 0o755 : 0o644)
  }
}
