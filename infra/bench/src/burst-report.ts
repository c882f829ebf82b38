import type { LoadResult } from './leg.ts'
import { spread, type Spread } from './statistics.ts'

/** What is reported of bursts of the same requests. */
export interface BurstReport {
  readonly perSecond: Spread
  readonly p99Ms: Spread
  readonly failed: number
}

/** Sums up bursts. */
export const burstReport = (results: readonly LoadResult[]): BurstReport => ({
  perSecond: spread(results.map(({ perSecond }) => perSecond)),
  p99Ms: spread(results.map(({ p99Ms }) => p99Ms)),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
})
