import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EmbeddedPostgresError, type PostgresServer } from '@ac/embedded-postgres'
import { acctl, AcctlFailed } from './start/acctl.ts'
import { announcement } from './start/announce.ts'
import { build } from './start/build.ts'
import { openDataDirectory, startDatabase } from './start/data-directory.ts'
import { demoClient } from './start/demo-client.ts'
import { localEnvironment, localVariables, type Addresses } from './start/environment.ts'
import { freeAddress } from './start/free-address.ts'
import { startService, stopService, waitUntilReady, whyEnded } from './start/service-process.ts'
import { StartFailed } from './start/start-failed.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const DATA = resolve(process.env['AC_DATA_DIR'] || join(ROOT, '.data'))

/** `EX_CONFIG` of sysexits.h, with which our programs refuse their environment. */
const EX_CONFIG = 78

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/**
 * `npm start`: the whole service with a database of its own, until Ctrl-C. What fails without any work is tried first.
 * @throws {StartFailed}
 * @throws {EmbeddedPostgresError}
 * @throws the reason of `stopping`, once it has come and everything that ran has ended
 */
async function main(stopping: AbortSignal): Promise<never> {
  const variables = localVariables(process.env)
  const http = await freeAddress(variables, 'AC_HTTP', 8082)
  const management = await freeAddress(variables, 'AC_MANAGEMENT', 9090)
  await openDataDirectory(DATA)
  say('Building: after a change this takes up to half a minute ...')
  await build(ROOT, stopping)
  say('Starting PostgreSQL ...')
  const postgres = await startDatabase(DATA, (detail) => say(`  ${detail}`))
  try {
    stopping.throwIfAborted()
    return await runService(postgres, variables, { http, management }, stopping)
  } finally {
    await postgres.stop()
  }
}

async function runService(
  postgres: PostgresServer,
  variables: NodeJS.ProcessEnv,
  addresses: Addresses,
  stopping: AbortSignal,
): Promise<never> {
  const env = await localEnvironment(DATA, postgres.url, variables, addresses)
  const operate = (...args: string[]): Promise<string> => acctl(ROOT, args, env, stopping)
  say('Migrating the database ...')
  try {
    await operate('migrate')
  } catch (error) {
    // acctl looks at a part of the environment; the service tells at once all that is wrong with it.
    if (error instanceof AcctlFailed && error.exitCode === EX_CONFIG) throw await whyEnded(startService(ROOT, env))
    throw error
  }
  const client = await demoClient(DATA, operate)
  say('Starting the service ...')
  const service = startService(ROOT, env)
  try {
    await waitUntilReady(service, addresses.management.url, stopping)
    process.stdout.write(announcement(addresses, client, DATA))
    throw await Promise.race([whyEnded(service), lost(postgres), asked(stopping)])
  } finally {
    await stopService(service)
  }
}

async function lost(postgres: PostgresServer): Promise<StartFailed> {
  const { log } = await postgres.exited
  return new StartFailed(`PostgreSQL ended by itself; its last words:\n${log}`)
}

const asked = (stopping: AbortSignal): Promise<unknown> =>
  new Promise((settle) => {
    const tell = (): void => settle(stopping.reason)
    if (stopping.aborted) tell()
    else stopping.addEventListener('abort', tell, { once: true })
  })

/** Aborted by the first signal; a second one changes nothing. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  controller.signal.addEventListener('abort', () => say('\nStopping ...'), { once: true })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}

// A terminal that was closed must not keep its SIGHUP from stopping everything.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const stopping = stopSignal()
try {
  await main(stopping)
} catch (error) {
  if (error === stopping.reason) {
    say('Stopped.')
  } else {
    const known = error instanceof StartFailed || error instanceof EmbeddedPostgresError
    const message = known ? error.message : String((error as Error).stack)
    if (message !== '') process.stderr.write(`npm start: ${message}\n`)
    process.exitCode = error instanceof StartFailed ? error.exitCode : 1
  }
}
