import { join } from 'node:path'
import type { Account } from '../account.ts'
import { isRefusal } from '../allowed.ts'
import { BinariesMissing } from '../errors.ts'
import { runCommand } from '../run-command.ts'
import { isOurFolder, sharedFolder } from '../shared-folder.ts'
import { copyBinaries } from './copy-binaries.ts'
import type { Binaries } from './locate-binaries.ts'
import { binariesIn } from './locate-binaries.ts'

/**
 * The installed binaries when the server's user can run them; else a copy in a folder that every user can enter, made
 * once per version. It is needed when the clone lies below a private folder (root's home, mode 0700) and when the
 * package's install script, which makes the links between the libraries, was not allowed to run.
 * @param shared the parent of the copy, by default /var/tmp
 * @throws {BinariesMissing} not even the copy runs
 * @throws {PermissionMissing} the copy's place belongs to somebody else, or cannot be written
 */
export async function runnableBinaries(
  installed: Binaries,
  account: Account | undefined,
  onProgress: (step: string) => void,
  shared?: string,
): Promise<Binaries> {
  const complaint = await whyNotRunning(installed, account)
  if (complaint === undefined) return installed
  const owner = process.geteuid?.() ?? 0
  const place = join(shared ?? (await sharedFolder()), `ac-postgres-${installed.version}-${process.arch}-${owner}`)
  const copy = binariesIn(place, installed.version)
  if ((await isOurFolder(place, owner)) && (await whyNotRunning(copy, account)) === undefined) return copy
  onProgress(`copying PostgreSQL to ${place}: it does not run from ${installed.folder} (${complaint})`)
  await copyBinaries(installed.folder, place)
  const second = await whyNotRunning(copy, account)
  if (second === undefined) return copy
  throw new BinariesMissing(`neither ${installed.postgres} nor its copy ${copy.postgres} runs here: ${second}`)
}

async function whyNotRunning({ postgres }: Binaries, account: Account | undefined): Promise<string | undefined> {
  try {
    const { exitCode, output } = await runCommand(postgres, ['--version'], { account, limitMs: 20_000 })
    return exitCode === 0 ? undefined : output.trim() || 'it crashed'
  } catch (failure) {
    return isRefusal(failure) ? `${account?.name ?? 'this user'} may not run it` : String(failure)
  }
}
