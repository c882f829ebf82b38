import { describe, expect, it } from '@jest/globals'
import type { LegReport } from './leg-report.ts'
import { failures, formatReport, machine, type BenchReport } from './report.ts'

const same = (figure: number) => ({ min: figure, median: figure, max: figure })

const leg = (name: string, others: Partial<LegReport> = {}): LegReport => ({
  name,
  perSecond: { min: 7000, median: 9876.5, max: 12_000 },
  ofReferences: [
    { min: 0.6, median: 0.654, max: 0.7 },
    { min: 0.5, median: 0.501, max: 0.6 },
  ],
  p50Ms: same(6),
  p99Ms: { min: 9, median: 12, max: 101 },
  cpuMicroseconds: same(104.4),
  failed: 0,
  ...others,
})

const report = (others: Partial<BenchReport> = {}): BenchReport => ({
  when: '2026-01-01T00:00:00.000Z',
  machine: machine(),
  connections: 64,
  secondsPerRound: 10,
  rounds: 3,
  legs: [leg('bare signer'), leg('JWKS', { perSecond: same(5), failed: 12 })],
  p99OfReferences: [1.2345, 2.3456],
  loadedOfEmpty: { min: 0.9, median: 0.954, max: 1.01 },
  peakMemoryMib: 183,
  startMs: { min: 600, median: 640, max: 700 },
  burstClients: 1000,
  coldBurst: { perSecond: same(1200), p99Ms: same(140), failed: 0 },
  warmBurst: { perSecond: same(1500), p99Ms: same(80), failed: 3 },
  ...others,
})

describe('formatReport', () => {
  it('aligns names to the left and figures to the right', () => {
    expect(formatReport(report()).split('\n').slice(0, 7)).toEqual([
      '                    per second         of inline         of pooled   p50 ms      p99 ms    CPU us each  failed',
      'bare signer  9877 (7000-12000)  0.65 (0.60-0.70)  0.50 (0.50-0.60)  6 (6-6)  12 (9-101)  104 (104-104)       0',
      'JWKS                   5 (5-5)  0.65 (0.60-0.70)  0.50 (0.50-0.60)  6 (6-6)  12 (9-101)  104 (104-104)      12',
      '',
      '1000 clients at once             per second         p99 ms  failed',
      'a process just started     1200 (1200-1200)  140 (140-140)       0',
      'a process long under load  1500 (1500-1500)     80 (80-80)       3',
    ])
  })

  it('ends with the single figures and with what was measured how', () => {
    expect(formatReport(report()).split('\n').slice(8)).toEqual([
      'p99 of tokens over p99 of bare:  1.23 inline, 2.35 pooled',
      'tokens, loaded over empty:       0.95 (0.90-1.01)',
      'peak memory of the service:      183 MiB',
      'start to listening:              640 (600-700) ms',
      '64 connections, 3 rounds of 10 s; median (least-greatest)',
      '',
    ])
  })

  it('shows a dash for what the system does not tell', () => {
    const legs = [leg('tokens', { cpuMicroseconds: undefined })]
    const text = formatReport(report({ legs, peakMemoryMib: undefined }))
    expect(text).toMatch(/^tokens .* +-  +0$/m)
    expect(text).toMatch(/^peak memory of the service: +-$/m)
  })
})

describe('failures', () => {
  it('are those of all legs and both bursts', () => {
    expect(failures(report())).toBe(15)
  })
})
