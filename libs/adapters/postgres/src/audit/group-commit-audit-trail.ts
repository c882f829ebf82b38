import { Unavailable, type AuditEvent, type AuditTrail } from '@ac/kernel'
import { BatchQueue } from '../batching/batch-queue.ts'
import type { SessionPool } from '../connection/session-pool.ts'
import { auditEventsParameter, INSERT_AUDIT_EVENTS } from './insert-audit-events.ts'

const MAX_WAITING = 2000
const MAX_BATCH = 500
const MIN_INTERVAL_MS = 1

/**
 * Writes audit events in groups: one INSERT, and so one commit, for all that arrived while the last one was under way.
 * Each caller waits for the commit of its own event.
 */
export class GroupCommitAuditTrail implements AuditTrail {
  readonly #pool: SessionPool
  readonly #writes: BatchQueue<AuditEvent, void>

  constructor(pool: SessionPool) {
    this.#pool = pool
    this.#writes = new BatchQueue({
      name: 'audit',
      maxWaiting: MAX_WAITING,
      maxBatch: MAX_BATCH,
      minIntervalMs: MIN_INTERVAL_MS,
      run: (events) => this.#write(events),
    })
  }

  record(event: AuditEvent): Promise<void> {
    return this.#writes.submit(event)
  }

  /** Resolves when every event that was taken is committed or refused. */
  flush(): Promise<void> {
    return this.#writes.idle()
  }

  /** Whatever keeps the database from taking an event, a missing right or a full disk, the act must not happen. */
  async #write(events: readonly AuditEvent[]): Promise<readonly void[]> {
    try {
      await this.#pool.prepared('insert-audit-events', INSERT_AUDIT_EVENTS, [auditEventsParameter(events)])
      return events.map(() => undefined)
    } catch (error) {
      throw error instanceof Unavailable ? error : new Unavailable('audit trail', { cause: error })
    }
  }
}
