import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { allowed } from '../allowed.ts'
import { DataDirectoryBroken } from '../errors.ts'

/** In the data directory, mode 0600: the superuser's password, 32 characters that need no escaping in a URL. */
export const PASSWORD_FILE = 'ac-superuser-password'

/** Writes a random password to a new file that its owner alone may read. */
export async function writeNewPassword(path: string): Promise<void> {
  await writeFile(path, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
}

/** @throws {DataDirectoryBroken} the file holds something else */
export async function readPassword(directory: string): Promise<string> {
  const path = join(directory, PASSWORD_FILE)
  const password = await allowed(`read ${path}`, () => readFile(path, 'utf8'))
  if (/^[\w-]{32}$/.test(password)) return password
  throw new DataDirectoryBroken(directory, `has no password in ${PASSWORD_FILE}`)
}
