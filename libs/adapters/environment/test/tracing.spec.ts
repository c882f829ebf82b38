import { describe, expect, it } from '@jest/globals'
import { readServiceConfig } from '../src/index.ts'
import { rightEnvironment } from './right-environment.ts'

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }
const tracing = (changes: Readonly<Record<string, string>>) =>
  readServiceConfig({ ...rightEnvironment(), ...changes }).tracing

describe('tracing', () => {
  it('has the defaults of the specification once there is an endpoint', () => {
    expect(tracing(ENDPOINT)).toEqual({
      url: 'http://collector:4318/v1/traces',
      sampler: 'parentbased_always_on',
      ratio: 1,
      serviceName: 'ac-service',
      scheduleDelayMs: 5000,
      exportTimeoutMs: 30_000,
      maxQueueSize: 2048,
      maxExportBatchSize: 512,
    })
  })

  it.each([
    ['without an endpoint', { OTEL_TRACES_SAMPLER: 'always_on' }],
    ['with an empty one', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
    ['with the exporter none', { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
    ['when the SDK is disabled', { ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }],
  ])('is off %s', (_case, changes) => {
    expect(tracing(changes)).toBeUndefined()
  })

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c/base/' }, 'https://c/base/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c/as-it-is' }, 'https://c/as-it-is'],
    [{ ...ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c/as-it-is' }, 'https://c/as-it-is'],
  ])('sends to the URL that %j means', (changes, url) => {
    expect(tracing(changes)?.url).toBe(url)
  })
})
