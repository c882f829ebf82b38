import {
  positionOf,
  representAuditEvent,
  type AuditEventFilter,
  type AuditEventPlace,
  type ChainedEvent,
} from '@ac/audit'
import { parseClientId } from '@ac/client-validation'
import { AUDIT_EVENT_TYPES, type AuditEventType } from '@ac/kernel'
import { Command, InvalidArgumentError } from 'commander'
import { table, type Row } from '../../output/table.ts'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'
import { timestamp } from '../timestamp.ts'
import { wholeNumber } from '../whole-number.ts'
import { readCursor, writeCursor } from './event-cursor.ts'

interface ListOptions extends AuditEventFilter {
  readonly limit: number
  readonly cursor?: AuditEventPlace
}

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 1000

/** `acctl audit list`: a page of the audit trail. */
export const listEvents = ({ workbench, tell }: CommandDeps): Command =>
  new Command('list')
    .description('list audit events, newest first')
    .option('--type <type>', 'only events of this type (docs/audit-events.md)', eventType)
    .option('--client <client-id>', 'only what this client did, or what was done to it', client)
    .option('--from <time>', 'not before this time (RFC 3339)', timestamp)
    .option('--until <time>', 'before this time (RFC 3339)', timestamp)
    .option('--limit <n>', `at most n events, up to ${MAX_LIMIT}`, wholeNumber(1, MAX_LIMIT), DEFAULT_LIMIT)
    .option('--cursor <cursor>', 'begin where an earlier page ended', place)
    .addHelpText(
      'after',
      examples(
        'acctl audit list --limit 20',
        'acctl audit list --type client.authentication_failed --from 2026-03-01T00:00:00Z',
        "acctl audit list --client svc_4kQ0PzT9bq3XhW7mYcD2Ns --json | jq -r '.events[].target'",
      ),
    )
    .action(async ({ limit, cursor, ...filter }: ListOptions) => {
      const found = await workbench.auditEvents().list(filter, limit + 1, cursor)
      const events = found.slice(0, limit)
      const last = events.at(-1)
      const next = found.length > limit && last ? writeCursor(positionOf(last)) : null
      const pointer = next ? `\nThere are more: the same command with --cursor ${next}\n` : ''
      await tell({
        json: { events: events.map(representAuditEvent), next_cursor: next },
        text: table(COLUMNS, events.map(row)) + pointer,
      })
    })

function eventType(text: string): AuditEventType {
  const type = AUDIT_EVENT_TYPES.find((known) => known === text)
  if (type) return type
  throw new InvalidArgumentError(`It must be one of ${AUDIT_EVENT_TYPES.join(', ')}.`)
}

function client(text: string): string {
  const id = parseClientId(text)
  if (id) return id
  throw new InvalidArgumentError('It must be the id of a client.')
}

function place(text: string): AuditEventPlace {
  const found = readCursor(text)
  if (found) return found
  throw new InvalidArgumentError('It must be one that an earlier page ended with.')
}

const COLUMNS = [
  { header: 'TIME' },
  { header: 'TYPE' },
  { header: 'OUTCOME', shrinks: true },
  { header: 'ACTOR', shrinks: true },
  { header: 'TARGET', shrinks: true },
]

const row = (event: ChainedEvent): Row => {
  const { occurred_at, type, outcome, reason, actor, target } = representAuditEvent(event)
  const time = occurred_at.replace(/\.\d+Z$/, 'Z')
  return [time, type, reason ? `${outcome}: ${reason}` : outcome, actor ?? undefined, target ?? undefined]
}
