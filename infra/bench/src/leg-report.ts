import type { Round } from './leg.ts'
import { spread, type Spread } from './statistics.ts'

/** What is reported of a leg: for each figure the least, the median and the greatest of its rounds. */
export interface LegReport {
  readonly name: string
  readonly perSecond: Spread
  /** Of each round to the reference leg's round just before it, so that slow minutes of the machine cancel out. */
  readonly ofReference: Spread
  readonly p50Ms: Spread
  readonly p99Ms: Spread
  /** `undefined` where the system does not tell it. */
  readonly cpuMicroseconds: Spread | undefined
  readonly failed: number
}

/** Sums up the rounds of a leg against those of the reference. */
export function legReport(name: string, rounds: readonly Round[], reference: readonly Round[]): LegReport {
  const of = (figure: (round: Round) => number): Spread => spread(rounds.map(figure))
  const cpu = rounds.map(({ cpuMicroseconds }) => cpuMicroseconds).filter((figure) => figure !== undefined)
  return {
    name,
    perSecond: of(({ perSecond }) => perSecond),
    ofReference: spread(rounds.map(({ perSecond }, index) => perSecond / (reference[index]?.perSecond ?? Number.NaN))),
    p50Ms: of(({ p50Ms }) => p50Ms),
    p99Ms: of(({ p99Ms }) => p99Ms),
    cpuMicroseconds: cpu.length === rounds.length ? spread(cpu) : undefined,
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
  }
}
