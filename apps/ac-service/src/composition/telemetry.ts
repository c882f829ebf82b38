import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { HmacIdentifierHasher } from '@ac/crypto'
import type { ServiceConfig } from '@ac/environment'
import type { Log } from '@ac/kernel'
import { createLog, Instrumentation, Metrics, RequestMetrics, startTracing, type Tracing } from '@ac/telemetry'
import type { AnsweredRequest, RequestObserver } from '../http/observation/answered-request.ts'

/** How long the last spans may take to leave: a collector that does not answer must not hold the process. */
const FAREWELL_MS = 3000

/** All that tells operators what this process does. What is switched off is `undefined`. */
export interface Telemetry {
  readonly log: Log
  readonly metrics: Metrics | undefined
  readonly tracing: Tracing | undefined
  readonly instrumentation: Instrumentation
  /** Told of every request to the API. */
  readonly observers: readonly RequestObserver[]
}

/** Makes the telemetry of one process. */
export function createTelemetry({ observability, tracing: spans, hashSecret }: ServiceConfig): Telemetry {
  const { logLevel: level, environment, region } = observability
  const version = ownVersion()
  const hasher = new HmacIdentifierHasher(hashSecret)
  const hash = (text: string): string => hasher.hash(text)
  const { log, requests } = createLog({ service: 'ac-service', version, level, environment, region, hash })
  const metrics = observability.metrics ? new Metrics(version) : undefined
  const tracing = spans && startTracing({ ...spans, version, environment, region }, log)
  return {
    log,
    metrics,
    tracing,
    instrumentation: new Instrumentation({ metrics, tracing, hash }),
    observers: [...(requests ? [logging(requests)] : []), ...(metrics ? [counting(metrics)] : [])],
  }
}

/** Sends the last spans, as far as they leave soon. */
export async function endTelemetry({ tracing }: Telemetry): Promise<void> {
  // What could not be sent was told by the exporter.
  await Promise.race([tracing?.shutdown().catch(() => undefined), sleep(FAREWELL_MS, undefined, { ref: false })])
}

const logging =
  (requests: { observe(request: AnsweredRequest): void }): RequestObserver =>
  (request) =>
    requests.observe(request)

function counting(metrics: Metrics): RequestObserver {
  const requests = new RequestMetrics(metrics)
  // What is not recorded anywhere is no example of anything.
  return (request) => requests.observe({ ...request, trace: request.trace?.sampled ? request.trace : undefined })
}

/** The version of the package that this file belongs to, built or not. */
function ownVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version
}
