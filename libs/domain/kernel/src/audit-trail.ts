import type { AuditEvent } from './audit-event.ts'

/**
 * Keeps what happened, for ever and in order.
 * Concurrent calls are the rule: an implementation may write many events in one go, but each call's promise speaks for
 * its own event. Two events recorded one after the other (the second after the first resolved) stay in that order.
 */
export interface AuditTrail {
  /**
   * Resolves once `event` is committed to durable storage, and not before.
   * @throws {Overloaded} the bounded queue is full; the event was not kept
   * @throws {Unavailable} the storage refused it or did not answer; the event may or may not have been kept
   */
  record(event: AuditEvent): Promise<void>
}
