import { AuditWriteFailed, type AuditChain, type ChainPosition, type ChainWriter, type LinkedEvents } from '@ac/audit'
import type { AuditEvent, AuditTrail } from '@ac/kernel'
import { BatchQueue } from '../batching/batch-queue.ts'
import { BATCH_PATIENCE_MS, type PatienceOfCaller } from '../batching/patience.ts'
import { wasRefused } from '../connection/query-failure.ts'
import type { SessionPool } from '../connection/session-pool.ts'
import type { Session } from '../connection/session.ts'
import { INSERT_AUDIT_EVENTS, insertParameters } from './insert-audit-events.ts'
import { SELECT_TRAIL_ID, trailIdOf } from './trail-id.ts'

const MAX_WAITING = 2000
const MAX_BATCH = 500
const MIN_INTERVAL_MS = 1

/** What a {@link GroupCommitAuditTrail} may be told of those around it. */
export interface GroupCommitOptions {
  readonly patience?: PatienceOfCaller
  /** Told of the number of events in each group that is written; must not throw. */
  readonly observeBatch?: ((events: number) => void) | undefined
}

/**
 * Writes audit events in groups: one INSERT, and so one commit, for all that arrived while the last one was under way.
 * Each caller waits for the commit of its own event, as long as its patience lasts. Whatever keeps the database from
 * taking an event, a missing right or a full disk, is {@link AuditWriteFailed}: the act must not happen.
 */
export class GroupCommitAuditTrail implements AuditTrail, ChainWriter {
  readonly #pool: SessionPool
  readonly #chain: AuditChain
  readonly #observeBatch: ((events: number) => void) | undefined
  readonly #writes: BatchQueue<AuditEvent, void>
  #trail: string | undefined

  /** @param chain nobody else may write to it */
  constructor(pool: SessionPool, chain: AuditChain, { patience, observeBatch }: GroupCommitOptions = {}) {
    this.#observeBatch = observeBatch
    this.#pool = pool
    this.#chain = chain
    this.#writes = new BatchQueue({
      name: 'audit',
      maxWaiting: MAX_WAITING,
      maxBatch: MAX_BATCH,
      minIntervalMs: MIN_INTERVAL_MS,
      patience,
      tooLate: () => new AuditWriteFailed('unanswered'),
      // Nobody gets a token whose event was left out. Whatever else there is to tell has happened already.
      matters: ({ type }) => type !== 'token.issued',
      run: (events) => this.#write(events),
    })
  }

  record(event: AuditEvent): Promise<void> {
    return this.#writes.submit(event)
  }

  get end(): ChainPosition | undefined {
    return this.#chain.end
  }

  get hasNews(): boolean {
    return this.#chain.hasNews
  }

  async append(events: readonly AuditEvent[]): Promise<void> {
    await Promise.all(events.map((event) => this.record(event)))
  }

  /** Resolves when every event that was taken is committed or refused. */
  flush(): Promise<void> {
    return this.#writes.idle()
  }

  async #write(events: readonly AuditEvent[]): Promise<readonly void[]> {
    this.#observeBatch?.(events.length)
    const session = await this.#connect()
    try {
      const linked = this.#chain.link(await this.#trailId(session), events)
      await this.#insert(session, linked)
      this.#chain.accept(linked)
      return events.map(() => undefined)
    } finally {
      session.release()
    }
  }

  async #connect(): Promise<Session> {
    try {
      return await this.#pool.connect()
    } catch (cause) {
      throw new AuditWriteFailed('unreachable', { cause })
    }
  }

  async #trailId(session: Session): Promise<string> {
    try {
      return (this.#trail ??= trailIdOf(
        (await session.run<{ id: string }>({ text: SELECT_TRAIL_ID, patienceMs: BATCH_PATIENCE_MS })).rows,
      ))
    } catch (cause) {
      throw new AuditWriteFailed('unreachable', { cause })
    }
  }

  async #insert(session: Session, linked: LinkedEvents): Promise<void> {
    try {
      await session.run({
        name: 'insert-audit-events',
        text: INSERT_AUDIT_EVENTS,
        values: insertParameters(linked),
        patienceMs: BATCH_PATIENCE_MS,
      })
    } catch (cause) {
      if (wasRefused(cause)) throw new AuditWriteFailed('refused', { cause })
      this.#chain.abandon()
      throw new AuditWriteFailed('unanswered', { cause })
    }
  }
}
