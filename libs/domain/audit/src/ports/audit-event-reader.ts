import type { AuditEventType } from '@ac/kernel'
import type { ChainPosition } from '../chain/chain-position.ts'
import type { ChainedEvent } from '../chain/chained-event.ts'

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
export type AuditEventPlace = Pick<ChainPosition, 'occurredAt' | 'writer' | 'sequence'>

/** Reads the audit trail, which others write. */
export interface AuditEventReader {
  /**
   * At most `limit` events, newest first, beginning after `after`. Events of one moment are in the order of their chain.
   * None is listed twice. An event recorded meanwhile shows up on a later page only if it happened before what that page
   * begins with.
   * @throws {Unavailable} the storage does not answer
   */
  list(filter: AuditEventFilter, limit: number, after?: AuditEventPlace): Promise<readonly ChainedEvent[]>
}
