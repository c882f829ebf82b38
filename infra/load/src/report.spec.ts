import { describe, expect, it } from '@jest/globals'
import type { Outcome } from './open-load.ts'
import { Recorder } from './recorder.ts'
import { complaints, formatReport, type LoadReport } from './report.ts'
import { formatHtml } from './report-html.ts'

const report = (outcomes: readonly Partial<Outcome>[]): LoadReport => {
  const recorder = new Recorder(2)
  for (const over of outcomes) {
    recorder.record({ dueMs: 0, latencyMs: 3, latenessMs: 1, failure: undefined, answer: '', ...over })
  }
  recorder.recordMemory(0, [120, 131])
  return {
    when: '2026-01-02T03:04:05.000Z',
    options: { rate: 1, seconds: 2, clients: 3, replicas: 2 },
    stretchSeconds: recorder.stretchSeconds,
    result: recorder.result(),
  }
}

describe('complaints', () => {
  it('has none about a load that was answered in time', () => {
    expect(complaints(report([{}, { dueMs: 1000 }]))).toEqual([])
  })

  it('names failures, missing requests and a p99 that is too great', () => {
    expect(complaints(report([{ latencyMs: 350.6 }, { failure: 'timeout' }, {}]))).toEqual([
      '1 of 3 requests failed',
      '3 requests were sent instead of 2',
      'p99 was 351 ms, not under 350',
    ])
  })

  it('does not take a load without any answer for a fast one', () => {
    expect(complaints(report([{ failure: 'x' }, { failure: 'x' }]))).toContain('p99 was NaN ms, not under 350')
  })
})

describe('formatReport', () => {
  it('shows the histogram up to its last bar, the percentiles and the verdict', () => {
    expect(formatReport(report([{}, { latencyMs: 14.4 }])).split('\n')).toEqual([
      '1 requests/s for 2 s, 3 clients, 2 replicas',
      '',
      '   up to 1 ms         0',
      '   up to 2 ms         0',
      `   up to 5 ms         1  ${'#'.repeat(50)}`,
      '  up to 10 ms         0',
      `  up to 20 ms         1  ${'#'.repeat(50)}`,
      '',
      expect.stringMatching(/^latency {3}p50 3\.0 ms, p90 14 ms, p99 14 ms, p99\.9 14 ms, greatest 14 ms$/),
      'requests  2, failed: none',
      'lateness  the generator itself began a request 1.0 ms late at most',
      '',
      'passed: no failure, p99 under 350 ms',
      '',
    ])
  })
})

describe('formatHtml', () => {
  it('is one file without anything from elsewhere, and plots what was measured', () => {
    const html = formatHtml(report([{}, { dueMs: 1000, latencyMs: 9 }, { failure: '<timeout>' }]))
    expect(html.match(/<svg/g)).toHaveLength(3)
    expect(html).not.toMatch(/(?:src|href)=/)
    expect(html).toContain('1 &lt;timeout&gt;')
    expect(html).not.toContain('NaN')
  })
})
