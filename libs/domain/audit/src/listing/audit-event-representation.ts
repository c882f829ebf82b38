import type { AuditEvent, AuditEventType } from '@ac/kernel'
import type { ChainedEvent } from '../chain/chained-event.ts'

/** An audit event as JSON. What is absent is `null`; the time is RFC 3339 in UTC. */
export interface AuditEventRepresentation {
  readonly occurred_at: string
  readonly type: AuditEventType
  readonly outcome: AuditEvent['outcome']
  readonly reason: string | null
  readonly actor: string | null
  readonly target: string | null
  readonly request_id: string | null
  readonly source: string | null
  readonly trace_id: string | null
  /** With `sequence`, the id of the event. */
  readonly writer: string
  readonly sequence: number
  /** 64 hexadecimal digits. Whoever archives it can tell later whether the event was changed. */
  readonly hash: string
}

/** An audit event as the admin API and `acctl --json` show it. */
export const representAuditEvent = ({ writer, sequence, hash, event }: ChainedEvent): AuditEventRepresentation => ({
  // What somebody else put into the table may have no date that can be said.
  occurred_at: Number.isNaN(event.occurredAt.getTime()) ? '' : event.occurredAt.toISOString(),
  type: event.type,
  outcome: event.outcome,
  reason: event.reason ?? null,
  actor: event.actor ?? null,
  target: event.target ?? null,
  request_id: event.origin.requestId ?? null,
  source: event.origin.source ?? null,
  trace_id: event.origin.traceId ?? null,
  writer,
  sequence,
  hash,
})
