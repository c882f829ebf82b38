import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { CATALOGUE } from '../../src/metrics/catalogue.ts'
import { combinations, type MetricDefinition } from '../../src/metrics/definition.ts'

const PAGE = readFileSync(new URL('../../../../../docs/observability/metrics.md', import.meta.url), 'utf8')
const metrics: readonly MetricDefinition[] = Object.values(CATALOGUE)

/** The names and labels that others write dashboards and alerts against: an interface, so they are said again here. */
const PROMISED = `
  ac_active_signing_keys
  ac_argon2_duration_seconds{operation}
  ac_audit_batch_size
  ac_audit_log_failures_total{event_type,reason}
  ac_auth_failures_total{reason,grant_type}
  ac_build_info{version}
  ac_credential_operations_total{operation,status}
  ac_db_pool_acquire_duration_seconds
  ac_db_pool_connections{state}
  ac_db_query_duration_seconds{operation}
  ac_errors_total{operation,error_category}
  ac_http_request_duration_seconds{method,endpoint}
  ac_http_requests_total{method,endpoint,status_code}
  ac_jwks_requests_total{cache_status}
  ac_key_rotation_last_success_timestamp_seconds
  ac_key_rotation_total{status,forced}
  ac_load_shedding_total{reason}
  ac_rate_limit_denials_total{endpoint}
  ac_signing_key_age_seconds
  ac_token_issuance_duration_seconds{grant_type,status}
  ac_token_issuance_total{grant_type,status}
  ac_token_validation_duration_seconds{status}
  ac_token_validations_total{status,error_category}`

const signature = ({ name, labels }: MetricDefinition): string => {
  const names = Object.keys(labels)
  return names.length === 0 ? name : `${name}{${names.join()}}`
}

describe('the catalogue', () => {
  it('has the names and labels that are promised, and no others', () => {
    expect(metrics.map(signature).toSorted()).toEqual(PROMISED.trim().split(/\s+/))
  })

  it('is the table in docs/observability/metrics.md', () => {
    const rows = PAGE.split('\n').filter((line) => line.startsWith('| `ac_'))
    const values = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(' ')
    const expected = metrics.map(({ name, type, labels, help, buckets }) => {
      const cells = Object.entries(labels).map(([label, texts]) => `**${label}**: ${values(texts) || 'any'}`)
      const bounds = buckets ? [`buckets: ${buckets.join(', ')}`] : []
      return `| \`${name}\` | ${type} | ${help} | ${[...cells, ...bounds].join('; ')} |`
    })
    expect(rows).toEqual(expected)
  })

  it.each(metrics)('bounds $name: ten values a label, 64 characters a value, a thousand series', (metric) => {
    const { labels, buckets, type } = metric
    for (const values of Object.values(labels)) {
      expect(new Set(values).size).toBe(values.length)
      expect(values.length).toBeLessThanOrEqual(10)
      for (const value of values) expect(value.length).toBeLessThanOrEqual(64)
    }
    // Infinity is the tenth bound.
    expect(buckets?.length ?? 0).toBeLessThanOrEqual(9)
    expect(buckets).toEqual(buckets?.toSorted((one, other) => one - other))
    const parts = type === 'histogram' ? (buckets?.length ?? 0) + 3 : 1
    // Not every method is one of every endpoint: a dozen of those pairs exist.
    const possible = metric.name === 'ac_http_request_duration_seconds' ? 40 : combinations(labels).length
    expect(possible * parts).toBeLessThanOrEqual(1000)
  })

  it.each(['ac_token_issuance_duration_seconds', 'ac_token_validation_duration_seconds'])(
    'has the objectives among the bounds of %s',
    (name) => {
      expect(metrics.find((metric) => metric.name === name)?.buckets).toEqual(expect.arrayContaining([0.05, 0.35]))
    },
  )
})
