import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestDatabase, startPostgres } from '@ac/embedded-postgres'
import { startServer, type ChildServer, type StartOptions } from './child-server.ts'
import { registerClients, type RegisteredClient } from './register-clients.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const SERVICE = join(ROOT, 'apps/ac-service/dist/main.js')
const ACCTL = join(ROOT, 'apps/acctl/dist/main.js')
const run = promisify(execFile)

type Environment = Readonly<Record<string, string>>
type LineReader = NonNullable<StartOptions['onLine']>

/** A running service process; `port` is that of its API. */
export interface Replica extends ChildServer {
  readonly managementPort: number
}

/** A migrated database, and what runs on it with one environment. */
export interface Deployment {
  readonly databaseUrl: string
  /** Clients that all share the hash of one secret that nobody knows: whoever runs argon2id for them fails. */
  readonly register: (count: number, scope?: string) => Promise<readonly RegisteredClient[]>
  /**
   * Runs acctl.
   * @returns what it printed
   * @throws {Error} it ended with another code than 0
   */
  readonly acctl: (...args: readonly string[]) => Promise<string>
  /** Starts one service process. @param onLine told every line of its log */
  readonly startReplica: (changes?: Environment, onLine?: LineReader) => Promise<Replica>
  /**
   * Starts one service process and sends it SIGTERM after some time, wherever it is by then.
   * @returns its exit code, or the signal that ended it
   */
  readonly startAndStop: (afterMs: number) => Promise<number | string>
}

/** A real, durable PostgreSQL for deployments. */
export interface Testbed {
  /** Makes a database and migrates it through acctl, as an operator would. */
  readonly deploy: (changes?: Environment) => Promise<Deployment>
  /** Stops the database and deletes its data. */
  readonly stop: () => Promise<void>
}

/** Starts PostgreSQL. @param say told each step */
export async function startTestbed(say: (step: string) => void): Promise<Testbed> {
  const dataDirectory = join(ROOT, '.data', `testbed-${process.pid}`)
  const postgres = await startPostgres({ dataDirectory, durable: true, disposable: true, onProgress: say })
  return {
    deploy: async (changes) => deploy((await createTestDatabase(postgres.url)).url, changes),
    stop: () => postgres.stop(),
  }
}

/** Migrates an empty database through acctl, as an operator would. @param changes of the environment of all that runs on it */
export async function deploy(databaseUrl: string, changes: Environment = {}): Promise<Deployment> {
  const hashSecret = randomBytes(32)
  const env = { ...environment(databaseUrl, hashSecret), ...changes }
  const acctl = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [ACCTL, ...args], { env })).stdout
  await acctl('migrate')
  return {
    databaseUrl,
    register: (count, scope) => registerClients(count, { databaseUrl, hashSecret, scope }),
    acctl,
    startReplica: (more, onLine) => startReplica({ ...env, ...more }, onLine),
    startAndStop: (afterMs) => startAndStop(env, afterMs),
  }
}

async function startReplica(env: NodeJS.ProcessEnv, onLine: LineReader | undefined): Promise<Replica> {
  let managementPort = 0
  const isReady: StartOptions['isReady'] = ({ msg, port }) => {
    if (msg === 'management is listening') managementPort = Number(port)
    return msg === 'listening'
  }
  const server = await startServer([SERVICE], env, { isReady, ...(onLine && { onLine }) })
  return { ...server, managementPort }
}

async function startAndStop(env: NodeJS.ProcessEnv, afterMs: number): Promise<number | string> {
  const child = spawn(process.execPath, [SERVICE], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  await sleep(afterMs)
  child.kill('SIGTERM')
  await ended
  return child.exitCode ?? child.signalCode ?? 'unknown'
}

/** Nothing but what has no default, and loopback addresses: everything else is as it ships. */
const environment = (databaseUrl: string, hashSecret: Buffer): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  DATABASE_URL: databaseUrl,
  AC_DATABASE_TLS: 'disable',
  AC_MASTER_KEY: randomBytes(32).toString('base64'),
  AC_HASH_SECRET: hashSecret.toString('base64'),
  AC_ISSUER: 'http://127.0.0.1:8082',
  AC_HTTP_HOST: '127.0.0.1',
  AC_HTTP_PORT: '0',
  AC_MANAGEMENT_HOST: '127.0.0.1',
  AC_MANAGEMENT_PORT: '0',
  AC_SHUTDOWN_DELAY_MS: '0',
})
