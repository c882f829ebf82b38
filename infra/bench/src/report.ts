import { cpus, release, totalmem } from 'node:os'
import type { BurstReport } from './burst-report.ts'
import type { LegReport } from './leg-report.ts'
import type { Spread } from './statistics.ts'
import { table } from './table.ts'

/** What the bench prints and writes. */
export interface BenchReport {
  readonly when: string
  readonly machine: {
    readonly cores: number
    readonly model: string
    readonly memoryMib: number
    readonly system: string
    readonly node: string
  }
  readonly connections: number
  readonly secondsPerRound: number
  readonly rounds: number
  readonly legs: readonly LegReport[]
  /** The p99 of tokens over that of the slower and of the faster bare signer. */
  readonly p99OfReferences: readonly number[]
  /** Tokens per second on a database with many clients and audit events, over those on a database without. */
  readonly loadedOfEmpty: Spread
  /** `undefined` where the system does not tell it. */
  readonly peakMemoryMib: number | undefined
  /** From the start of the process to a listening API, on a migrated database. */
  readonly startMs: Spread
  /** As many clients as this, each of which asks once, all at the same time. */
  readonly burstClients: number
  /** That burst on a process that began to listen a moment ago, a new one each time. */
  readonly coldBurst: BurstReport
  /** The same burst on the process that all legs have run on. */
  readonly warmBurst: BurstReport
}

/** The machine that the figures were taken on. */
export const machine = (): BenchReport['machine'] => ({
  cores: cpus().length,
  model: cpus()[0]?.model ?? 'unknown',
  memoryMib: Math.round(totalmem() / 2 ** 20),
  system: `${process.platform} ${release()}`,
  node: process.version,
})

/** How many requests failed; the other figures mean nothing unless it is 0. */
export const failures = ({ legs, coldBurst, warmBurst }: BenchReport): number =>
  [...legs, coldBurst, warmBurst].reduce((sum, { failed }) => sum + failed, 0)

/** The report as tables for people: median, and in parentheses least and greatest. */
export function formatReport(report: BenchReport): string {
  return [
    table([
      ['', 'per second', 'of inline', 'of pooled', 'p50 ms', 'p99 ms', 'CPU us each', 'failed'],
      ...report.legs.map((leg) => [
        leg.name,
        whole(leg.perSecond),
        ...leg.ofReferences.map(ratio),
        whole(leg.p50Ms),
        whole(leg.p99Ms),
        whole(leg.cpuMicroseconds),
        String(leg.failed),
      ]),
    ]),
    '',
    table([
      [`${report.burstClients} clients at once`, 'per second', 'p99 ms', 'failed'],
      burstRow('a process just started', report.coldBurst),
      burstRow('a process long under load', report.warmBurst),
    ]),
    '',
    `p99 of tokens over p99 of bare:  ${report.p99OfReferences.map((figure) => figure.toFixed(2)).join(' inline, ')} pooled`,
    `tokens, loaded over empty:       ${ratio(report.loadedOfEmpty)}`,
    `peak memory of the service:      ${report.peakMemoryMib === undefined ? '-' : `${report.peakMemoryMib} MiB`}`,
    `start to listening:              ${whole(report.startMs)} ms`,
    `${report.connections} connections, ${report.rounds} rounds of ${report.secondsPerRound} s; median (least-greatest)`,
    '',
  ].join('\n')
}

const burstRow = (name: string, { perSecond, p99Ms, failed }: BurstReport): readonly string[] => [
  name,
  whole(perSecond),
  whole(p99Ms),
  String(failed),
]

const figures = (spread: Spread | undefined, digits: number): string => {
  if (!spread) return '-'
  const [min, median, max] = [spread.min, spread.median, spread.max].map((figure) => figure.toFixed(digits))
  return `${median} (${min}-${max})`
}
const whole = (spread: Spread | undefined): string => figures(spread, 0)
const ratio = (spread: Spread): string => figures(spread, 2)
