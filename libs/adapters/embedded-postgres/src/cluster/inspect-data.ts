import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { allowed } from '../allowed.ts'
import { DataDirectoryBroken } from '../errors.ts'
import { systemErrorCode } from '../system-error.ts'
import { PASSWORD_FILE } from './superuser-password.ts'

/**
 * Whether a data directory is `absent` (or empty) or holds a cluster that {@link initialise} made. Changes nothing.
 * @throws {DataDirectoryBroken} it holds something else, or a cluster of another major version
 * @throws {PermissionMissing} it cannot be read
 */
export async function inspectData(directory: string, major: string): Promise<'absent' | 'initialised'> {
  const entries = await allowed(`read ${directory}`, () => entriesOf(directory))
  if (entries.length === 0) return 'absent'
  if (!entries.includes('PG_VERSION')) throw new DataDirectoryBroken(directory, 'is not empty and no PostgreSQL data')
  const version = (await allowed(`read ${directory}`, () => readFile(join(directory, 'PG_VERSION'), 'utf8'))).trim()
  if (version !== major) {
    throw new DataDirectoryBroken(directory, `was made by PostgreSQL ${JSON.stringify(version)} and not by ${major}`)
  }
  if (!entries.includes(PASSWORD_FILE)) {
    throw new DataDirectoryBroken(directory, `has no file ${PASSWORD_FILE}, so its superuser's password is not known`)
  }
  return 'initialised'
}

async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (failure) {
    const code = systemErrorCode(failure)
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR') throw new DataDirectoryBroken(directory, 'is no directory', { cause: failure })
    throw failure
  }
}
