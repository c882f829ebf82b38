import { representVerification, type Finding, type Period, type VerificationReport } from '@ac/audit'
import { Command } from 'commander'
import { table, type Row } from '../../output/table.ts'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'
import { timestamp } from '../timestamp.ts'
import { explain } from './explain-fault.ts'
import { loggedPositions } from './logged-positions.ts'

interface VerifyOptions extends Period {
  readonly log?: string
  readonly earlierSecret?: readonly string[]
}

const gathered = (path: string, before: readonly string[] = []): readonly string[] => [...before, path]

/** `acctl audit verify`: whether the audit trail is what its writers wrote. */
export const verifyTrail = ({ workbench, tell }: CommandDeps): Command =>
  new Command('verify')
    .description('check that nobody changed the audit trail; exit 1 when somebody did, and say where')
    .option('--from <time>', 'only events not before this time (RFC 3339)', timestamp)
    .option('--until <time>', 'only events before this time (RFC 3339)', timestamp)
    .option(
      '--log <file>',
      "the service's log: everything that its checkpoints saw must be there; - for standard input",
    )
    .option('--earlier-secret <file>', 'an AC_HASH_SECRET of before, for what it sealed; may be repeated', gathered)
    .addHelpText(
      'after',
      examples(
        'acctl audit verify',
        'acctl audit verify --from 2026-03-01T00:00:00Z --until 2026-04-01T00:00:00Z --json',
        "zgrep -h 'audit checkpoint' /var/log/ac-service/* | acctl audit verify --log -",
      ),
    )
    .action(async ({ log, earlierSecret, ...period }: VerifyOptions) => {
      const verifier = workbench.trailVerifier(earlierSecret ?? [])
      const report = await verifier.verify({ ...period, logged: log === undefined ? undefined : loggedPositions(log) })
      await tell({
        json: representVerification(report),
        text: describe(report),
        exitCode: report.findingsInAll > 0 ? 1 : 0,
      })
    })

function describe(report: VerificationReport): string {
  const { events, chains, openChains, namedPositions, droppedBefore } = report
  const checked = `${events} events in ${chains} chains, and ${namedPositions} places that checkpoints saw\n`
  const dropped = droppedBefore ? `retention dropped what was before ${droppedBefore.toISOString()}\n` : ''
  const open = openChains > 0 ? `${openChains} chains are open: what came last there, only --log can miss\n` : ''
  return checked + dropped + open + verdict(report)
}

function verdict({ findings, findingsInAll }: VerificationReport): string {
  if (findingsInAll === 0) return 'the audit trail is intact\n'
  const meanings = [...new Set(findings.map(({ fault }) => fault))].map((fault) => `  ${fault}: ${explain(fault)}\n`)
  const more = findingsInAll > findings.length ? `and ${findingsInAll - findings.length} more\n` : ''
  return `\nTHE AUDIT TRAIL IS NOT INTACT\n${table(COLUMNS, findings.map(row))}${more}\n${meanings.join('')}`
}

const COLUMNS = [{ header: 'FAULT' }, { header: 'WRITER' }, { header: 'SEQUENCE' }, { header: 'TIME' }]

const row = ({ fault, writer, first, last, occurredAt }: Finding): Row => [
  fault,
  writer,
  first === last ? `${first}` : `${first}-${last}`,
  occurredAt && !Number.isNaN(occurredAt.getTime()) ? occurredAt.toISOString() : undefined,
]
