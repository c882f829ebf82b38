import { defaulted, optional } from '../environment-variable.ts'
import { httpUrl } from '../formats/http-url.ts'
import { share } from '../formats/share.ts'
import { wholeNumber } from '../formats/whole-number.ts'
import { oneOf, word } from '../formats/word.ts'
import { part, type PartValue } from '../reading/part.ts'

/**
 * Variables of tracing: OpenTelemetry's own, under the names and with the defaults of its specification. What they leave open
 * of the way to the collector (headers, certificates, compression, time-out) its exporter reads by itself.
 */
export const tracingVariables = {
  endpoint: optional({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description: 'base URL of an OTLP collector over HTTP; without it nothing is traced',
    format: httpUrl,
  }),
  tracesEndpoint: optional({
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    description: 'URL that traces are sent to, as it is, instead of `/v1/traces` below the one above',
    format: httpUrl,
  }),
  exporter: defaulted('otlp', {
    name: 'OTEL_TRACES_EXPORTER',
    description: '`none` traces nothing',
    format: oneOf(['otlp', 'none']),
  }),
  disabled: defaulted('false', {
    name: 'OTEL_SDK_DISABLED',
    description: '`true` traces nothing',
    format: oneOf(['true', 'false']),
  }),
  sampler: defaulted('parentbased_always_on', {
    name: 'OTEL_TRACES_SAMPLER',
    description: 'which traces are recorded; `parentbased_` follows the caller where it has decided',
    format: oneOf([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ]),
  }),
  ratio: defaulted('1', {
    name: 'OTEL_TRACES_SAMPLER_ARG',
    description: 'share of the traces that a `traceidratio` records',
    format: share,
  }),
  serviceName: defaulted('ac-service', {
    name: 'OTEL_SERVICE_NAME',
    description: 'name of the service in traces',
    format: word,
  }),
  scheduleDelayMs: defaulted('5000', {
    name: 'OTEL_BSP_SCHEDULE_DELAY',
    description: 'longest time that a span waits for others to be sent with, in milliseconds',
    format: wholeNumber(1, 60_000),
  }),
  exportTimeoutMs: defaulted('30000', {
    name: 'OTEL_BSP_EXPORT_TIMEOUT',
    description: 'how long sending spans may take, in milliseconds',
    format: wholeNumber(1, 60_000),
  }),
  maxQueueSize: defaulted('2048', {
    name: 'OTEL_BSP_MAX_QUEUE_SIZE',
    description: 'spans that may wait to be sent; further ones are dropped',
    format: wholeNumber(1, 65_536),
  }),
  maxExportBatchSize: defaulted('512', {
    name: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
    description: 'spans that are sent together',
    format: wholeNumber(1, 65_536),
  }),
}

/** How and whither spans are sent; `undefined` when nothing is traced. */
export const tracing = part(tracingVariables, ({ endpoint, tracesEndpoint, exporter, disabled, ...values }) => {
  const url = tracesEndpoint ?? (endpoint === undefined ? undefined : `${endpoint.replace(/\/$/, '')}/v1/traces`)
  return url === undefined || exporter === 'none' || disabled === 'true' ? undefined : { url, ...values }
})

/** How and whither spans are sent; `undefined` when nothing is traced. */
export type TracingConfig = PartValue<typeof tracing>
