import { randomUUID } from 'node:crypto'
import type { Log } from '@ac/kernel'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { detectResources, envDetector, resourceFromAttributes, type Resource } from '@opentelemetry/resources'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace'
import { createSampler, type SamplerName } from './create-sampler.ts'
import { Tracing } from './tracing.ts'
import { WatchedExporter } from './watched-exporter.ts'

/** How and whither spans are sent. */
export interface TracingOptions {
  /** Of the collector, for OTLP over HTTP. */
  readonly url: string
  readonly sampler: SamplerName
  /** Share of the traces that a sampler by ratio records. */
  readonly ratio: number
  readonly scheduleDelayMs: number
  readonly exportTimeoutMs: number
  readonly maxQueueSize: number
  readonly maxExportBatchSize: number
  readonly serviceName: string
  readonly version: string
  readonly environment: string
  readonly region: string
}

/**
 * Tracing that sends its spans in batches, behind a bounded queue. A collector that is slow or gone costs the spans that do not
 * fit, one line in the log when that begins and one when it ends, and no request anything. Of the way to it, headers,
 * certificates, compression and time-out are the exporter's own variables (`OTEL_EXPORTER_OTLP_*`).
 */
export function startTracing(options: TracingOptions, log: Log): Tracing {
  const { url, sampler, ratio, exportTimeoutMs, scheduleDelayMs, maxQueueSize, maxExportBatchSize } = options
  const exporter = new WatchedExporter(new OTLPTraceExporter({ url }), log)
  const processor = new BatchSpanProcessor({
    exporter,
    exportTimeoutMillis: exportTimeoutMs,
    scheduledDelayMillis: scheduleDelayMs,
    maxQueueSize,
    maxExportBatchSize: Math.min(maxExportBatchSize, maxQueueSize),
  })
  const tracing = { sampler: createSampler(sampler, ratio), resource: resourceOf(options), spanProcessors: [processor] }
  return new Tracing(tracing, options.version)
}

/** Who the spans are of. `OTEL_RESOURCE_ATTRIBUTES` may add to it, and has the last word. */
function resourceOf({ serviceName, version, environment, region }: TracingOptions): Resource {
  const own = resourceFromAttributes({
    'service.name': serviceName,
    'service.version': version,
    // Which of the processes it was, without naming a host.
    'service.instance.id': randomUUID(),
    'deployment.environment.name': environment,
    // Its name before OpenTelemetry 1.27, which most dashboards still ask for.
    'deployment.environment': environment,
    'cloud.region': region,
  })
  return own.merge(detectResources({ detectors: [envDetector] }))
}
