import type { Fault } from './finding.ts'
import type { VerificationReport } from './trail-verifier.ts'

/** A verification as JSON. */
export interface VerificationRepresentation {
  /** Whether nothing is wrong. */
  readonly intact: boolean
  readonly events: number
  readonly chains: number
  readonly open_chains: number
  readonly named_positions: number
  readonly dropped_before: string | null
  /** At most 1000. */
  readonly findings: readonly {
    readonly fault: Fault
    readonly writer: string
    readonly first: number
    readonly last: number
    readonly occurred_at: string | null
  }[]
  readonly findings_in_all: number
}

/** What became of a verification as `acctl audit verify --json` shows it. */
export const representVerification = (report: VerificationReport): VerificationRepresentation => ({
  intact: report.findingsInAll === 0,
  events: report.events,
  chains: report.chains,
  open_chains: report.openChains,
  named_positions: report.namedPositions,
  dropped_before: timeOrNull(report.droppedBefore),
  findings: report.findings.map(({ fault, writer, first, last, occurredAt }) => ({
    fault,
    writer,
    first,
    last,
    occurred_at: timeOrNull(occurredAt),
  })),
  findings_in_all: report.findingsInAll,
})

const timeOrNull = (date: Date | undefined): string | null =>
  date && !Number.isNaN(date.getTime()) ? date.toISOString() : null
