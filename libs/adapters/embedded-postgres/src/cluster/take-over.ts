import { chmod, lchown, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from '../account.ts'
import { allowed } from '../allowed.ts'

/**
 * Gives an inspected data directory the owner and the mode (0700) that PostgreSQL insists on: a copy made by root
 * belongs to root.
 * @throws {PermissionMissing} it belongs to another user
 */
export async function takeOver(directory: string, account: Account | undefined): Promise<void> {
  await allowed(`use ${directory}`, async () => {
    if (account !== undefined && (await stat(directory)).uid !== account.uid) {
      for (const path of await readdir(directory, { recursive: true })) {
        await lchown(join(directory, path), account.uid, account.gid)
      }
      await lchown(directory, account.uid, account.gid)
    }
    await chmod(directory, 0o700)
  })
}
