import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestDatabase, startPostgres } from '@ac/embedded-postgres'
import { startServer, type ChildServer } from './child-server.ts'
import { loadDatabase } from './load-database.ts'
import { registerClients } from './register-clients.ts'
import type { BenchClient } from './workload.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)

/** A service with production defaults on a migrated database of its own. */
export interface Deployment {
  readonly register: (count: number) => Promise<readonly BenchClient[]>
  /** Starts one service process. */
  readonly startService: () => Promise<ChildServer>
}

/** Services on a real, durable PostgreSQL of their own. */
export interface SystemUnderTest {
  readonly empty: Deployment
  /** Its database holds the clients and audit events of years. */
  readonly loaded: Deployment
  /** Stops the database and deletes its data. */
  readonly stop: () => Promise<void>
}

/** Starts PostgreSQL and makes both databases. */
export async function systemUnderTest(say: (step: string) => void): Promise<SystemUnderTest> {
  const dataDirectory = join(ROOT, '.data', `bench-${process.pid}`)
  const postgres = await startPostgres({ dataDirectory, durable: true, disposable: true, onProgress: say })
  try {
    const empty = await deploy(postgres.url)
    const { url } = await createTestDatabase(postgres.url)
    const loaded = await deploy(url)
    await loadDatabase(url, say)
    return { empty, loaded, stop: () => postgres.stop() }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

/** Migrates a database through acctl, as an operator would. */
async function deploy(databaseUrl: string): Promise<Deployment> {
  const hashSecret = randomBytes(32)
  const env = environment(databaseUrl, hashSecret)
  await run(process.execPath, [join(ROOT, 'apps/acctl/dist/main.js'), 'migrate'], { env })
  return {
    register: (count) => registerClients(count, databaseUrl, hashSecret),
    startService: () =>
      startServer([join(ROOT, 'apps/ac-service/dist/main.js')], env, ({ msg }) => msg === 'listening'),
  }
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
