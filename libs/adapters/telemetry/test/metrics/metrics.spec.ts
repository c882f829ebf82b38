import { describe, expect, it } from '@jest/globals'
import { CATALOGUE } from '../../src/metrics/catalogue.ts'
import { combinations, type MetricDefinition } from '../../src/metrics/definition.ts'
import { Metrics } from '../../src/metrics/metrics.ts'
import { readExposition } from './read-exposition.ts'

const OPENMETRICS = 'application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'
const TRACE = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }
const SUCCESS = { grant_type: 'client_credentials', status: 'success' } as const

describe('Metrics', () => {
  it('has every metric of the catalogue, with its type and help, in both formats', async () => {
    const metrics = new Metrics('1.2.3')
    const [prometheus, openMetrics] = [await metrics.expose(), await metrics.expose(OPENMETRICS)]
    for (const { name, type, help } of Object.values(CATALOGUE)) {
      expect(prometheus.body).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`)
      const family = type === 'counter' ? name.replace(/_total$/, '') : name
      expect(openMetrics.body).toContain(`# HELP ${family} ${help}\n# TYPE ${family} ${type}\n`)
    }
  })

  it.each(Object.values(CATALOGUE).filter(({ name }) => name !== 'ac_build_info'))(
    'begins with the series of $name at 0',
    async (definition: MetricDefinition) => {
      const { name, type, labels, initial = combinations(labels) } = definition
      const samples = readExposition((await new Metrics('1.2.3').expose()).body)
      const counts = samples.filter((sample) => sample.name === (type === 'histogram' ? `${name}_count` : name))
      expect(counts.map((sample) => sample.labels)).toEqual(initial)
      expect(new Set(counts.map(({ value }) => value))).toEqual(new Set([0]))
    },
  )

  it('tells the version that runs', async () => {
    const { body } = await new Metrics('1.2.3').expose()
    expect(body).toContain('\nac_build_info{version="1.2.3"} 1\n')
  })

  it.each(['process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])(
    'has %s of Node',
    async (name) => {
      const samples = readExposition((await new Metrics('1').expose()).body)
      expect(samples.map((sample) => sample.name)).toContain(name)
    },
  )

  it('has no label of Node that nobody bounds', async () => {
    const samples = readExposition((await new Metrics('1').expose()).body)
    const labels = samples.filter(({ name }) => !name.startsWith('ac_')).flatMap((sample) => Object.keys(sample.labels))
    expect(labels.filter((label) => !['version', 'major', 'minor', 'patch', 'kind', 'le'].includes(label))).toEqual([])
  })

  it('asks for gauges when it is scraped', async () => {
    const metrics = new Metrics('1')
    let age = 0
    metrics.beforeScrape(() => metrics.families.signingKeyAge.series({}).set(++age))
    await metrics.expose()
    expect((await metrics.expose()).body).toContain('\nac_signing_key_age_seconds 2\n')
  })

  it('counts in one series, whoever asks for it', async () => {
    const metrics = new Metrics('1')
    for (let count = 0; count < 3; count++) metrics.families.tokenIssuances.series({ ...SUCCESS }).increase()
    metrics.families.tokenIssuances.series(SUCCESS).increase(2)
    expect((await metrics.expose()).body).toContain(
      '\nac_token_issuance_total{grant_type="client_credentials",status="success"} 5\n',
    )
  })

  it('keeps what a histogram has counted when its series is asked for again', async () => {
    const metrics = new Metrics('1')
    metrics.families.tokenIssuanceDuration.series(SUCCESS).observe(0.02)
    metrics.families.tokenIssuanceDuration.series({ ...SUCCESS }).observe(0.35)
    const samples = readExposition((await metrics.expose()).body)
    const buckets = samples.filter(
      ({ name, labels }) => name === 'ac_token_issuance_duration_seconds_bucket' && labels['status'] === 'success',
    )
    const cumulated = buckets.slice(0, 10).map(({ labels, value }) => [labels['le'], value])
    expect(cumulated).toEqual([
      ['0.005', 0],
      ['0.01', 0],
      ['0.025', 1],
      ['0.05', 1],
      ['0.1', 1],
      ['0.2', 1],
      ['0.35', 2],
      ['1', 2],
      ['2.5', 2],
      ['+Inf', 2],
    ])
  })
})

describe('an exemplar', () => {
  it('names the trace of the last observation in its bucket, for who asks for OpenMetrics', async () => {
    const metrics = new Metrics('1')
    const duration = metrics.families.tokenIssuanceDuration.series(SUCCESS)
    duration.observe(0.011, { traceId: 'f'.repeat(32), spanId: 'f'.repeat(16) })
    duration.observe(0.012, TRACE)
    duration.observe(0.013)
    const { body, contentType } = await metrics.expose(OPENMETRICS)
    expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    const exemplars = readExposition(body).flatMap(({ labels, exemplar }) =>
      exemplar === undefined ? [] : [[labels['le'], exemplar]],
    )
    const when = String.raw`\d{10}(\.\d+)?`
    expect(exemplars).toEqual([
      ['0.025', expect.stringMatching(`^{trace_id="${TRACE.traceId}",span_id="${TRACE.spanId}"} 0.012 ${when}$`)],
    ])
  })

  it('is not shown to anybody else', async () => {
    const metrics = new Metrics('1')
    metrics.families.tokenIssuanceDuration.series(SUCCESS).observe(0.011, TRACE)
    const { body, contentType } = await metrics.expose('text/plain')
    expect(body).not.toContain(TRACE.traceId)
    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
  })
})

describe('OpenMetrics', () => {
  it('ends with its mark, writes whole bounds as floats, and leaves the counters their names in the other format', async () => {
    const metrics = new Metrics('1')
    const { body } = await metrics.expose(OPENMETRICS)
    expect(body.endsWith('\n# EOF\n')).toBe(true)
    expect(body).toContain('ac_audit_batch_size_bucket{le="500.0"} 0\n')
    expect(body).toContain('\nac_jwks_requests_total{cache_status="hit"} 0\n')
    const after = (await metrics.expose()).body
    expect(after).toContain('\nac_jwks_requests_total{cache_status="hit"} 0\n')
    expect(after).toContain('ac_audit_batch_size_bucket{le="500"} 0\n')
    expect(after).not.toContain('EOF')
  })
})
