import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { serverAccount } from './server-account.ts'
import { locateBinaries } from './binaries/locate-binaries.ts'
import { runnableBinaries } from './binaries/runnable-binaries.ts'
import { initialise } from './cluster/initialise.ts'
import { inspectData } from './cluster/inspect-data.ts'
import { placeData } from './cluster/place-data.ts'
import { readPassword } from './cluster/superuser-password.ts'
import { takeOver } from './cluster/take-over.ts'
import { PortInUse } from './errors.ts'
import { isOrphansStillThere } from './server/explain-end.ts'
import { freePort } from './server/free-port.ts'
import type { Launch, Launched, ServerExit } from './server/launch.ts'
import { launch } from './server/launch.ts'
import { stopProcess } from './server/stop-process.ts'

const LIMIT_MS = 60_000
const ORPHANS_LIMIT_MS = 10_000
const FREE_PORT_TRIES = 5
const NOT_DURABLE = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

export interface PostgresOptions {
  /** Made when absent or empty, reused when this library made it. Its parent directories are made too. */
  readonly dataDirectory: string
  /** On 127.0.0.1. 0 or absent: a free one, asked from the system. */
  readonly port?: number
  /** `false` trades the safety of committed data in a crash for speed: for tests only. */
  readonly durable: boolean
  /** Server settings, as in postgresql.conf. Address, port and socket are not to be had. */
  readonly settings?: Readonly<Record<string, string>>
  /** Delete the data when the server is stopped, and when this process dies without stopping it. */
  readonly disposable?: boolean
  /** Told what takes long or differs from what was asked, as a short sentence for a person. */
  readonly onProgress?: (step: string) => void
}

export interface PostgresServer {
  /** `postgresql://postgres:PASSWORD@127.0.0.1:PORT/postgres`: a secret, since it holds the superuser's password. */
  readonly url: string
  readonly host: '127.0.0.1'
  readonly port: number
  /** Of the postmaster; it leads a process group of its own. */
  readonly pid: number
  /** Where the data really is, which may differ from what was asked when root starts the server. */
  readonly dataDirectory: string
  /** Resolves, and never rejects, when the server has ended, by `stop` or on its own. */
  readonly exited: Promise<ServerExit>
  /** Fast shutdown: sessions are ended, data is safe. A server that hangs is ended by force after 10 s. Idempotent. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL on 127.0.0.1, with no other way in than its password.
 * The server ends soon after this process, however that ends.
 * @throws {PortInUse} `port` is taken
 * @throws {DataDirectoryBroken} the directory holds something that this server cannot run on
 * @throws {DataDirectoryInUse} a live server runs on the directory
 * @throws {PermissionMissing} the directory cannot be made, read or given to the server's user
 * @throws {BinariesMissing} there is no PostgreSQL for this machine
 * @throws {NotReadyInTime} not ready after 60 s
 * @throws {StartFailed} another reason, told by the server's log
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { port = 0, durable, settings = {}, disposable = false, onProgress = () => undefined } = options
  const account = await serverAccount(options.dataDirectory)
  const directory = await placeData(options.dataDirectory, account, onProgress)
  const installed = await locateBinaries()
  const isNew = (await inspectData(directory, installed.major)) === 'absent'
  const binaries = await runnableBinaries(installed, account, onProgress)
  if (isNew) {
    onProgress(`making a PostgreSQL ${binaries.major} cluster in ${directory}`)
    await initialise({ binaries, directory, account, durable, limitMs: LIMIT_MS })
  }
  const discard = (): Promise<void> => rm(directory, { recursive: true, force: true })
  try {
    await takeOver(directory, account)
    const password = await readPassword(directory)
    const allSettings = { ...(durable ? {} : NOT_DURABLE), ...settings }
    const wanted = { binaries, directory, account, port, settings: allSettings, disposable, limitMs: LIMIT_MS }
    return serverOf(await launchOnPort(wanted), directory, password, disposable ? discard : undefined)
  } catch (failure) {
    if (disposable && isNew) await discard()
    throw failure
  }
}

function serverOf(
  { child, pid, exited, port }: Launched & { readonly port: number },
  dataDirectory: string,
  password: string,
  discard: (() => Promise<void>) | undefined,
): PostgresServer {
  const stop = async (): Promise<void> => {
    await stopProcess(child)
    await discard?.()
  }
  let stopping: Promise<void> | undefined
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    host: '127.0.0.1',
    port,
    pid,
    dataDirectory,
    exited,
    stop: () => (stopping ??= stop()),
  }
}

/** Tries again what may pass: a port of our own choice that was taken meanwhile, and the orphans of a killed server. */
async function launchOnPort(wanted: Launch): Promise<Launched & { readonly port: number }> {
  const deadline = Date.now() + ORPHANS_LIMIT_MS
  for (let tries = 1; ; tries += 1) {
    const port = wanted.port === 0 ? await freePort() : wanted.port
    try {
      return { ...(await launch({ ...wanted, port })), port }
    } catch (failure) {
      const portWasOurChoice = failure instanceof PortInUse && wanted.port === 0 && tries < FREE_PORT_TRIES
      if (!portWasOurChoice && !(isOrphansStillThere(failure) && Date.now() < deadline)) throw failure
      await delay(100)
    }
  }
}
