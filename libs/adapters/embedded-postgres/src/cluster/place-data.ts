import { createHash } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Account } from '../account.ts'
import { allowed } from '../allowed.ts'
import { canEnter, isOurFolder, sharedFolder } from '../shared-folder.ts'

/**
 * Where the data really lies, as an absolute path whose parent exists: the asked path, or, when the server's user
 * cannot enter the asked path's parent, a place below /var/tmp that is the same for the same asked path.
 * @param shared the folder in place of /var/tmp
 * @throws {PermissionMissing} the parent cannot be made, or the place below /var/tmp belongs to somebody else
 */
export async function placeData(
  asked: string,
  account: Account | undefined,
  onProgress: (step: string) => void,
  shared?: string,
): Promise<string> {
  const parent = dirname(resolve(asked))
  await allowed(`create ${parent}`, () => mkdir(parent, { recursive: true }))
  const wanted = join(await realpath(parent), basename(resolve(asked)))
  if (account === undefined || (await canEnter(parent, account))) return wanted
  const digest = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
  const place = join(shared ?? (await sharedFolder()), `ac-postgres-data-${digest}`)
  onProgress(`${account.name} may not enter ${parent}: the data is in ${place}`)
  await isOurFolder(place, account.uid)
  return place
}
