import { lstat, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { PermissionMissing } from './errors.ts'
import type { Account } from './account.ts'
import { runCommand } from './run-command.ts'

/** Where every user can enter and what is written survives a restart: /var/tmp, or the system's temporary folder. */
export async function sharedFolder(): Promise<string> {
  const found = await stat('/var/tmp').catch(() => undefined)
  return found?.isDirectory() === true ? '/var/tmp' : tmpdir()
}

/** Whether that user can enter the folder: asked of the system, since mode bits alone do not tell (ACLs, mounts). */
export async function canEnter(folder: string, account: Account): Promise<boolean> {
  const { exitCode } = await runCommand('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { account, limitMs: 10_000 })
  return exitCode === 0
}

/**
 * Whether a folder of ours exists at a predictable place where others may write.
 * @throws {PermissionMissing} something exists there that is not a folder of `owner`, or that others may write to
 */
export async function isOurFolder(path: string, owner: number): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  if (found === undefined) return false
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o022) === 0) return true
  throw new PermissionMissing(`${path} was not made by this program, so it is not used`, 'remove it')
}
