import type { ChainedEvent } from '@ac/audit'
import type { Selectable } from 'kysely'
import type { AuditEventTable } from '../database.ts'

/** A row of `audit_events`. */
export type AuditEventRow = Selectable<AuditEventTable>

/** Every column, by name: a prepared `select *` fails once a newer build has added one. */
export const AUDIT_EVENT_COLUMNS = [
  'writer',
  'sequence',
  'previous_hash',
  'hash',
  'occurred_at',
  'type',
  'outcome',
  'reason',
  'actor',
  'target',
  'request_id',
  'source',
  'trace_id',
] as const satisfies readonly (keyof AuditEventTable)[]

export const toChainedEvent = (row: AuditEventRow): ChainedEvent => ({
  writer: row.writer,
  sequence: Number(row.sequence),
  previousHash: row.previous_hash.toString('hex'),
  hash: row.hash.toString('hex'),
  event: {
    type: row.type,
    outcome: row.outcome,
    reason: row.reason ?? undefined,
    // The driver has no date for `infinity`, which nobody wrote: an invalid one is sealed by nobody.
    occurredAt: new Date(row.occurred_at),
    actor: row.actor ?? undefined,
    target: row.target ?? undefined,
    origin: {
      requestId: row.request_id ?? undefined,
      source: row.source ?? undefined,
      traceId: row.trace_id ?? undefined,
    },
  },
})
