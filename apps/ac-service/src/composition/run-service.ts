import { setTimeout as sleep } from 'node:timers/promises'
import type { ServiceConfig } from '@ac/environment'
import type { Log } from '@ac/kernel'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Background } from '../lifecycle/background.ts'
import { Preparation } from '../lifecycle/preparation.ts'
import { Readiness } from '../lifecycle/readiness.ts'
import type { Storage } from '../lifecycle/storage.ts'
import { createApi, createManagement, listen } from './listeners.ts'
import { createTelemetry, endTelemetry } from './telemetry.ts'
import { STORAGE } from './tokens.ts'

/**
 * Runs the service until it is told to stop. The management listener opens first and closes last, so that start and
 * drain can both be watched.
 * @param stopping aborted by the first SIGTERM or SIGINT
 * @throws {SealedKeyRejected} the master key does not open the stored signing keys
 * @throws an error with the system's code when a listener cannot open
 */
export async function runService(config: ServiceConfig, stopping: AbortSignal): Promise<void> {
  const telemetry = createTelemetry(config)
  const { log } = telemetry
  const readiness = new Readiness()
  const management = await createManagement(config, telemetry, readiness)
  const api = await createApi(config, telemetry, readiness)
  try {
    await serve({ config, log, readiness, management, api }, stopping)
  } finally {
    await api.get(Background).stop()
    await api.close()
    await api.get<Storage>(STORAGE).close()
    await endTelemetry(telemetry)
    await management.close()
  }
  log.info('stopped')
}

interface Parts {
  readonly config: ServiceConfig
  readonly log: Log
  readonly readiness: Readiness
  readonly management: NestFastifyApplication
  readonly api: NestFastifyApplication
}

/** Opens both listeners, waits for the signal, and goes on serving while load balancers take note. */
async function serve({ config, log, readiness, management, api }: Parts, stopping: AbortSignal): Promise<void> {
  const managementPort = await listen(management, config.management)
  log.info('management is listening', { port: managementPort })
  try {
    await api.get(Preparation).complete(stopping)
  } catch (error) {
    if (stopping.aborted) return
    throw error
  }
  if (stopping.aborted) return
  const port = await listen(api, config.http)
  api.get(Background).start()
  log.info('listening', { port, issuer: config.tokens.issuer })
  await aborted(stopping)
  readiness.shutDown()
  log.info('stopping: not ready any more, serving what still comes', { for_ms: config.shutdown.delayMs })
  await sleep(config.shutdown.delayMs)
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
