import { DataDirectoryBroken, DataDirectoryInUse, PermissionMissing, PortInUse, StartFailed } from '../errors.ts'
import type { EmbeddedPostgresError } from '../errors.ts'
import type { LogTail } from '../log-tail.ts'

const SHARED_MEMORY_IN_USE = /pre-existing shared memory block .* is still in use/
const BROKEN = [
  /control file|pg_control/,
  /could not find the database system/,
  /incompatible with server/,
  /could not locate a valid checkpoint record|invalid checkpoint record/,
  /required WAL directory/,
]

/** Turns the last words of a postmaster that ended before it was ready into the error of its cause. */
export function explainEnd(directory: string, port: number, log: LogTail): EmbeddedPostgresError {
  const { text } = log
  if (/could not bind .*: Permission denied/.test(text)) {
    return new PermissionMissing(`this user may not listen on port ${port}`, 'choose a port above 1023')
  }
  if (/could not bind .*: Address already in use/.test(text)) return new PortInUse(port)
  if (/lock file "postmaster.pid" already exists/.test(text) || SHARED_MEMORY_IN_USE.test(text)) {
    const pid = /postmaster \(PID (\d+)\)/.exec(text)?.[1]
    return new DataDirectoryInUse(directory, pid === undefined ? undefined : Number(pid))
  }
  if (/data directory .* has wrong ownership/.test(text)) {
    return new PermissionMissing(
      `${directory} belongs to another user`,
      'start as that user or choose another directory',
    )
  }
  if (BROKEN.some((pattern) => pattern.test(text))) {
    return new DataDirectoryBroken(directory, `cannot be read by PostgreSQL (${fatalLine(text)})`)
  }
  return new StartFailed('PostgreSQL', log.lastLines)
}

/**
 * Whether the failure passes by itself: after a postmaster was killed, its orphaned sessions hold the shared memory
 * until they notice.
 */
export function isOrphansStillThere(failure: unknown): boolean {
  return failure instanceof DataDirectoryInUse && failure.pid === undefined
}

function fatalLine(text: string): string {
  const lines = text.trim().split('\n')
  return (lines.find((line) => /FATAL|PANIC/.test(line)) ?? lines[0] ?? '').replace(/^.*?(?:FATAL|PANIC): +/, '')
}
