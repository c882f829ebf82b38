import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DataDirectoryInUse, startPostgres, type PostgresServer } from '@ac/embedded-postgres'
import { StartFailed } from './start-failed.ts'
import { systemErrorCode } from './system-error.ts'

const OBSTACLES: Readonly<Record<string, string>> = {
  EEXIST: 'is no directory',
  ENOTDIR: 'lies below something that is no directory',
  EACCES: 'may not be made by this user',
  EPERM: 'may not be made by this user',
  EROFS: 'is on a read-only file system',
}

/**
 * Makes the data directory, and what it lies in, when it is not there yet.
 * @throws {StartFailed} it cannot be made
 */
export async function openDataDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (cause) {
    const code = systemErrorCode(cause)
    const obstacle = OBSTACLES[code] ?? `cannot be made (${code})`
    throw new StartFailed(`the data directory ${path} ${obstacle}: choose another with AC_DATA_DIR`, 1, { cause })
  }
}

/**
 * Starts the database that lives in the data directory. Whoever has done that is alone with the directory.
 * @throws {StartFailed} another start runs on the directory
 * @throws {EmbeddedPostgresError}
 */
export async function startDatabase(path: string, onProgress: (detail: string) => void): Promise<PostgresServer> {
  try {
    return await startPostgres({ dataDirectory: join(path, 'postgres'), durable: true, onProgress })
  } catch (cause) {
    if (!(cause instanceof DataDirectoryInUse)) throw cause
    const which = cause.pid === undefined ? '' : ` (its PostgreSQL is process ${cause.pid})`
    throw new StartFailed(
      `another start runs on ${path}${which}: stop that one, or choose another directory with AC_DATA_DIR`,
      1,
      { cause },
    )
  }
}
