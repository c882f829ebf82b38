import type { Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { AlwaysOnSampler, InMemorySpanExporter, SimpleSpanProcessor, type Sampler } from '@opentelemetry/sdk-trace'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { Tracing } from '../../src/tracing/tracing.ts'

/** A span as a test looks at it. */
export interface RecordedSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly kind: SpanKind
  readonly status: SpanStatusCode
  readonly statusMessage: string | undefined
  readonly attributes: Attributes
  readonly events: number
}

/** A tracing whose spans stay in this process. */
export function recordingTracing(sampler: Sampler = new AlwaysOnSampler()) {
  const exporter = new InMemorySpanExporter()
  const spanProcessors = [new SimpleSpanProcessor({ exporter })]
  const tracing = new Tracing({ sampler, spanProcessors, resource: resourceFromAttributes({}) }, '1')
  const spans = (): readonly RecordedSpan[] =>
    exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
      parentSpanId: span.parentSpanContext?.spanId,
      kind: span.kind,
      status: span.status.code,
      statusMessage: span.status.message,
      attributes: span.attributes,
      events: span.events.length,
    }))
  return { tracing, spans }
}
