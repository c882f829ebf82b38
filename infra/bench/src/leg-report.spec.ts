import { describe, expect, it } from '@jest/globals'
import { legReport } from './leg-report.ts'
import type { Round } from './leg.ts'

const round = (perSecond: number, others: Partial<Round> = {}): Round => ({
  perSecond,
  requests: perSecond,
  failed: 0,
  p50Ms: 5,
  p99Ms: 10,
  cpuMicroseconds: 100,
  ...others,
})

describe('legReport', () => {
  it('compares each round with the round of the reference beside it, so that a slow minute cancels out', () => {
    const reference = [round(1000), round(500), round(2000)]
    const report = legReport('tokens', [round(700), round(400), round(1200)], [reference])
    expect(report.ofReferences[0]).toEqual({ min: 0.6, median: 0.7, max: 0.8 })
    expect(report.perSecond).toEqual({ min: 400, median: 700, max: 1200 })
  })

  it('is 1 for the reference itself', () => {
    const reference = [round(1000), round(500)]
    expect(legReport('bare', reference, [reference]).ofReferences).toEqual([{ min: 1, median: 1, max: 1 }])
  })

  it('spreads latencies and CPU times, and adds up failures', () => {
    const rounds = [
      round(1, { p50Ms: 1, p99Ms: 30, cpuMicroseconds: 90, failed: 2 }),
      round(1, { p50Ms: 3, p99Ms: 10, cpuMicroseconds: 110, failed: 3 }),
    ]
    expect(legReport('tokens', rounds, [rounds])).toMatchObject({
      p50Ms: { min: 1, median: 2, max: 3 },
      p99Ms: { min: 10, median: 20, max: 30 },
      cpuMicroseconds: { min: 90, median: 100, max: 110 },
      failed: 5,
    })
  })

  it('has no CPU time where the system tells none', () => {
    const rounds = [round(1), round(1, { cpuMicroseconds: undefined })]
    expect(legReport('tokens', rounds, [rounds]).cpuMicroseconds).toBeUndefined()
  })
})
