import type { Options } from './options.ts'
import { BUCKETS_MS, type Result } from './recorder.ts'

/** What the load test writes. */
export interface LoadReport {
  readonly when: string
  readonly options: Options
  readonly stretchSeconds: number
  readonly result: Result
}

/** SLO of issuance: p99 under this, in milliseconds. */
export const SLO_P99_MS = 350

/** Why the load test failed, a sentence each; none when it passed. */
export function complaints({ options, result }: LoadReport): readonly string[] {
  const failed = Object.values(result.failures).reduce((sum, count) => sum + count, 0)
  const expected = options.rate * options.seconds
  return [
    ...(failed > 0 ? [`${failed} of ${result.requests} requests failed`] : []),
    ...(result.requests === expected ? [] : [`${result.requests} requests were sent instead of ${expected}`]),
    ...(result.latencyMs[99] < SLO_P99_MS
      ? []
      : [`p99 was ${round(result.latencyMs[99])} ms, not under ${SLO_P99_MS}`]),
  ]
}

const BAR_WIDTH = 50

/** The report for a terminal. */
export function formatReport(report: LoadReport): string {
  const { options, result } = report
  const failures = Object.entries(result.failures).map(([kind, count]) => `${count} ${kind}`)
  const problems = complaints(report)
  return [
    `${options.rate} requests/s for ${options.seconds} s, ${options.clients} clients, ${options.replicas} replicas`,
    '',
    ...histogramLines(result.histogram),
    '',
    `latency   p50 ${round(result.latencyMs[50])} ms, p90 ${round(result.latencyMs[90])} ms, ` +
      `p99 ${round(result.latencyMs[99])} ms, p99.9 ${round(result.latencyMs[99.9])} ms, ` +
      `greatest ${round(result.latencyMs[100])} ms`,
    `requests  ${result.requests}, failed: ${failures.length > 0 ? failures.join(', ') : 'none'}`,
    `lateness  the generator itself began a request ${round(result.latenessMs)} ms late at most`,
    '',
    problems.length === 0 ? `passed: no failure, p99 under ${SLO_P99_MS} ms` : `failed: ${problems.join('; ')}`,
    '',
  ].join('\n')
}

function histogramLines(histogram: readonly number[]): readonly string[] {
  const most = Math.max(...histogram, 1)
  const labels = [...BUCKETS_MS.map((bound) => `up to ${bound} ms`), `over ${BUCKETS_MS.at(-1)} ms`]
  const last = histogram.findLastIndex((count) => count > 0)
  return labels.slice(0, last + 1).map((label, index) => {
    const count = histogram[index] ?? 0
    const bar = '#'.repeat(Math.ceil((count / most) * BAR_WIDTH))
    return `${label.padStart(13)}  ${String(count).padStart(8)}  ${bar}`.trimEnd()
  })
}

/** One decimal below ten, none above. */
export const round = (ms: number): string => ms.toFixed(ms < 10 ? 1 : 0)
