import type { AuditEvent } from '@ac/kernel'
import { CompiledQuery } from 'kysely'
import type { Database } from '../database.ts'

/**
 * Inserts any number of events in one statement. They travel as one JSON parameter: the text of the statement, and so
 * its prepared plan, is the same for every number, and serialising costs the event loop next to nothing.
 */
export const INSERT_AUDIT_EVENTS = `
  insert into audit_events (occurred_at, type, outcome, reason, actor, target, request_id, source, trace_id)
  select occurred_at, type, outcome, reason, actor, target, request_id, source, trace_id
  from json_to_recordset($1::json) as event (
    occurred_at timestamptz, type text, outcome text, reason text, actor text, target text,
    request_id text, source text, trace_id text)`

/** The parameter of {@link INSERT_AUDIT_EVENTS}. What is `undefined` is left out and becomes null. */
export const auditEventsParameter = (events: readonly AuditEvent[]): string =>
  JSON.stringify(
    events.map(({ type, outcome, reason, occurredAt, actor, target, origin }) => ({
      occurred_at: occurredAt,
      type,
      outcome,
      reason,
      actor,
      target,
      request_id: origin.requestId,
      source: origin.source,
      trace_id: origin.traceId,
    })),
  )

/** Inserts `events` in the transaction of the act that they tell of: both commit or neither. */
export async function insertAuditEvents(transaction: Database, events: readonly AuditEvent[]): Promise<void> {
  await transaction.executeQuery(CompiledQuery.raw(INSERT_AUDIT_EVENTS, [auditEventsParameter(events)]))
}
