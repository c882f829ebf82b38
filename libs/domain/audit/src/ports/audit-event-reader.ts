import type { AuditEvent, AuditEventType } from '@ac/kernel'

/** Which events to read; what is `undefined` does not matter. */
export interface AuditEventFilter {
  readonly type?: AuditEventType | undefined
  /** A client id: events that it did, or that were done to it. */
  readonly client?: string | undefined
  /** Earliest moment, inclusive. */
  readonly from?: Date | undefined
  /** Latest moment, exclusive. */
  readonly until?: Date | undefined
}

/** Where to go on in a listing: the place of the last event seen. */
export interface AuditEventPosition {
  readonly occurredAt: Date
  /** Breaks ties; a whole number that PostgreSQL counts, too large for a JavaScript number. */
  readonly id: string
}

/** An event as it is kept. */
export interface KeptAuditEvent {
  readonly id: string
  readonly event: AuditEvent
}

/** Reads the audit trail, which others write. */
export interface AuditEventReader {
  /**
   * At most `limit` events, newest first, beginning after `after`. An event recorded meanwhile shows up on no later page;
   * none is listed twice.
   * @throws {Unavailable} the storage does not answer
   */
  list(filter: AuditEventFilter, limit: number, after?: AuditEventPosition): Promise<readonly KeptAuditEvent[]>
}
