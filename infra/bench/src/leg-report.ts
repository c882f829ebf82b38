import type { Round } from './leg.ts'
import { spread, type Spread } from './statistics.ts'

/** What is reported of a leg: for each figure the least, the median and the greatest of its rounds. */
export interface LegReport {
  readonly name: string
  readonly perSecond: Spread
  /** Of each round to the same round of each reference, so that slow minutes of the machine cancel out. */
  readonly ofReferences: readonly Spread[]
  readonly p50Ms: Spread
  readonly p99Ms: Spread
  /** `undefined` where the system does not tell it. */
  readonly cpuMicroseconds: Spread | undefined
  readonly failed: number
}

/** Sums up the rounds of a leg against those of the references. */
export function legReport(
  name: string,
  rounds: readonly Round[],
  references: readonly (readonly Round[])[],
): LegReport {
  const of = (figure: (round: Round) => number): Spread => spread(rounds.map(figure))
  const cpu = rounds.map(({ cpuMicroseconds }) => cpuMicroseconds).filter((figure) => figure !== undefined)
  return {
    name,
    perSecond: of(({ perSecond }) => perSecond),
    ofReferences: references.map((reference) => ratios(rounds, reference)),
    p50Ms: of(({ p50Ms }) => p50Ms),
    p99Ms: of(({ p99Ms }) => p99Ms),
    cpuMicroseconds: cpu.length === rounds.length ? spread(cpu) : undefined,
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** The rate of each round over that of the reference's round beside it. */
export const ratios = (rounds: readonly Round[], reference: readonly Round[]): Spread =>
  spread(rounds.map(({ perSecond }, index) => perSecond / (reference[index]?.perSecond ?? Number.NaN)))
