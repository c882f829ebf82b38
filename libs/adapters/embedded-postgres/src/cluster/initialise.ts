import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Account } from '../account.ts'
import { allowed } from '../allowed.ts'
import type { Binaries } from '../binaries/locate-binaries.ts'
import { NotReadyInTime, StartFailed } from '../errors.ts'
import { runCommand } from '../run-command.ts'
import { systemErrorCode } from '../system-error.ts'
import { PASSWORD_FILE, writeNewPassword } from './superuser-password.ts'

/** @internal */
export interface Initialisation {
  readonly binaries: Binaries
  /** Absent or empty; its parent exists. */
  readonly directory: string
  readonly account: Account | undefined
  readonly durable: boolean
  readonly limitMs: number
}

/**
 * Makes a cluster: superuser `postgres`, UTF8, the builtin C.UTF-8 locale, SCRAM for every connection.
 * It is made beside its place and renamed when complete, so a killed start leaves no half of a cluster. When two
 * processes do so at once, one cluster stays and both go on with it.
 * @throws {StartFailed} initdb failed
 * @throws {NotReadyInTime} initdb took longer than the limit
 * @throws {PermissionMissing} the parent directory is not writable
 */
export async function initialise({ binaries, directory, account, durable, limitMs }: Initialisation): Promise<void> {
  const building = `${directory}.initdb-${process.pid}-${randomBytes(4).toString('hex')}`
  await removeAbandoned(directory)
  try {
    await allowed(`write in ${dirname(directory)}`, () => mkdir(building, { mode: 0o700 }))
    const passwordFile = join(building, 'password')
    await writeNewPassword(passwordFile)
    if (account !== undefined) {
      for (const path of [building, passwordFile]) await chown(path, account.uid, account.gid)
    }
    const data = join(building, 'data')
    await runInitdb(binaries, data, passwordFile, { account, durable, limitMs })
    await rename(passwordFile, join(data, PASSWORD_FILE))
    await allowed(`replace ${directory}`, () => rename(data, directory)).catch(unlessFilledMeanwhile)
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

async function runInitdb(
  { initdb }: Binaries,
  data: string,
  passwordFile: string,
  { account, durable, limitMs }: Pick<Initialisation, 'account' | 'durable' | 'limitMs'>,
): Promise<void> {
  const args = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  const { exitCode, timedOut, output } = await runCommand(initdb, args, { account, limitMs })
  if (timedOut) throw new NotReadyInTime('initdb', limitMs, output)
  if (exitCode !== 0) throw new StartFailed('initdb', output)
}

/** What a killed process left beside the data directory. */
async function removeAbandoned(directory: string): Promise<void> {
  const prefix = `${basename(directory)}.initdb-`
  for (const name of await readdir(dirname(directory)).catch(() => [])) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : 0
    if (Number.isInteger(pid) && pid > 0 && !isAlive(pid)) {
      await rm(join(dirname(directory), name), { recursive: true, force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (failure) {
    return systemErrorCode(failure) === 'EPERM'
  }
}

function unlessFilledMeanwhile(failure: unknown): void {
  const code = systemErrorCode(failure)
  if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw failure
}
