import { readFileSync } from 'node:fs'
import { HmacIdentifierHasher } from '@ac/crypto'
import type { ServiceConfig } from '@ac/environment'
import type { Log } from '@ac/kernel'
import { createLog, Metrics, RequestMetrics } from '@ac/telemetry'
import type { AnsweredRequest, RequestObserver } from '../http/observation/answered-request.ts'

/** All that tells operators what this process does. */
export interface Telemetry {
  readonly log: Log
  /** `undefined` when they are switched off. */
  readonly metrics: Metrics | undefined
  /** Told of every request to the API. */
  readonly observers: readonly RequestObserver[]
}

/** Makes the telemetry of one process; what is switched off is not made. */
export function createTelemetry({ observability, hashSecret }: ServiceConfig): Telemetry {
  const { logLevel: level, environment, region } = observability
  const version = ownVersion()
  const hasher = new HmacIdentifierHasher(hashSecret)
  const hash = (text: string): string => hasher.hash(text)
  const { log, requests } = createLog({ service: 'ac-service', version, level, environment, region, hash })
  const metrics = observability.metrics ? new Metrics(version) : undefined
  return {
    log,
    metrics,
    observers: [...(requests ? [logging(requests)] : []), ...(metrics ? [counting(metrics)] : [])],
  }
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
