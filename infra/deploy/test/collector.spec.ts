import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { checkCollector } from '../src/check-collector.ts'
import { ROOT } from '../src/root.ts'

const text = readFileSync(join(ROOT, 'infra/otel/collector.yaml'), 'utf8')
const config = parse(text)

describe('the configuration of the collector', () => {
  it('has nothing wrong', () => {
    expect(checkCollector(text)).toEqual([])
  })

  it('keeps every error, everything slower than 500 ms, and a tenth of the rest', () => {
    expect(config.processors.tail_sampling.policies).toEqual([
      { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
      { name: 'slow', type: 'latency', latency: { threshold_ms: 500 } },
      { name: 'a-tenth-of-the-rest', type: 'probabilistic', probabilistic: { sampling_percentage: 10 } },
    ])
  })

  it('takes OTLP, and lets nobody see addresses, headers, queries or SQL', () => {
    expect(config.receivers.otlp.protocols.http.endpoint).toMatch(/:4318$/)
    const removed = config.processors['attributes/privacy'].actions
      .filter(({ action }: { action: string }) => action === 'delete')
      .map(({ key }: { key: string }) => key)
    expect(removed).toEqual(
      expect.arrayContaining(['client.address', 'http.request.header.authorization', 'url.query', 'db.query.text']),
    )
  })
})

describe('the check of the collector', () => {
  it.each([
    ['exporters: [otlphttp/jaeger]', 'exporters: [otlp]', 'exporters otlp is used and not defined'],
    [
      '[memory_limiter, attributes/privacy',
      '[attributes/privacy, memory_limiter',
      'does not begin with memory_limiter',
    ],
    ['tail_sampling, batch]', 'batch, tail_sampling]', 'does not end with batch'],
    ['extensions: [health_check]', 'extensions: []', 'extensions health_check is defined and not used'],
    ['  batch:', '  bach:', 'there is no processors bach'],
    ['receivers:\n  otlp:', 'recievers:\n  otlp:', 'recievers is no part of a configuration'],
    ['    compression: gzip', '    headers: { authorization: secret }', 'a secret is written down'],
  ])('finds %j changed to %j', (from, to, problem) => {
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(checkCollector(changed).join('\n')).toContain(problem)
  })
})
