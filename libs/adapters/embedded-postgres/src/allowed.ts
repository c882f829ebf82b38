import { PermissionMissing } from './errors.ts'
import { systemErrorCode } from './system-error.ts'

const REFUSALS = new Set(['EACCES', 'EPERM', 'EROFS'])

/**
 * Runs a file operation; `act` says what it does, as in `create /path`.
 * @throws {PermissionMissing} the operating system refused it; every other failure is rethrown untouched
 */
export async function allowed<T>(act: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation()
  } catch (cause) {
    if (!isRefusal(cause)) throw cause
    const user = process.geteuid === undefined ? 'this user' : `the user with uid ${process.geteuid()}`
    throw new PermissionMissing(`${user} may not ${act}`, 'choose another directory or change its owner', { cause })
  }
}

/** Whether a failure is the operating system's "permission denied" (or a read-only file system). */
export function isRefusal(failure: unknown): boolean {
  return REFUSALS.has(systemErrorCode(failure) ?? '')
}
