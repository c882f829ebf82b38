import { AuditWriteFailed, type AuditChain, type ChainPosition, type ChainWriter, type LinkedEvents } from '@ac/audit'
import type { AuditEvent } from '@ac/kernel'
import { CompiledQuery } from 'kysely'
import { Mutex } from '../batching/mutex.ts'
import { wasRefused } from '../connection/query-failure.ts'
import type { Database } from '../database.ts'
import { INSERT_AUDIT_EVENTS, insertParameters } from './insert-audit-events.ts'
import { SELECT_TRAIL_ID, trailIdOf } from './trail-id.ts'

/** What a change gives its caller, and the events that tell of it; none when nothing was changed. */
export interface Audited<T> {
  readonly result: T
  readonly events: readonly AuditEvent[]
}

/** The events of one transaction, from their insertion until it is over. */
interface Turn {
  readonly linked: LinkedEvents
  readonly end: () => void
}

/**
 * Commits changes together with the audit events that tell of them: both or neither. The events of all transactions are
 * one chain, so transactions take turns from the insertion of their events to the end of their commit, and not before: the
 * changes themselves are made side by side. Who has the turn waits for no lock that who waits for it may hold.
 */
export class AuditedTransactions implements ChainWriter {
  readonly #db: Database
  readonly #chain: AuditChain
  readonly #turns = new Mutex()
  #trail: string | undefined

  /** @param chain nobody else may write to it */
  constructor(db: Database, chain: AuditChain) {
    this.#db = db
    this.#chain = chain
  }

  /**
   * Runs `change` in a transaction that ends with the insertion of its events.
   * @throws whatever `change` throws; nothing was changed then
   * @throws {AuditWriteFailed} the events could not be inserted; nothing was changed
   * @throws {Unavailable} the database does not answer; whether the change was committed is not known
   */
  async run<T>(change: (transaction: Database) => Promise<Audited<T>>): Promise<T> {
    let turn: Turn | undefined
    try {
      const result = await this.#db.transaction().execute(async (transaction) => {
        const audited = await change(transaction)
        if (audited.events.length > 0) turn = await this.#insert(transaction, audited.events)
        return audited.result
      })
      if (turn) this.#chain.accept(turn.linked)
      return result
    } catch (error) {
      if (turn && !wasRefused(error)) this.#chain.abandon()
      throw error
    } finally {
      turn?.end()
    }
  }

  get end(): ChainPosition | undefined {
    return this.#chain.end
  }

  get hasNews(): boolean {
    return this.#chain.hasNews
  }

  append(events: readonly AuditEvent[]): Promise<void> {
    return this.run(async () => ({ result: undefined, events }))
  }

  async #insert(transaction: Database, events: readonly AuditEvent[]): Promise<Turn> {
    const end = await this.#turns.take()
    try {
      const linked = this.#chain.link(await this.#trailId(transaction), events)
      await transaction.executeQuery(CompiledQuery.raw(INSERT_AUDIT_EVENTS, insertParameters(linked)))
      return { linked, end }
    } catch (cause) {
      end()
      // Without its events the transaction is never committed, so nothing is uncertain.
      throw new AuditWriteFailed(wasRefused(cause) ? 'refused' : 'unreachable', { cause })
    }
  }

  async #trailId(transaction: Database): Promise<string> {
    return (this.#trail ??= trailIdOf(
      (await transaction.executeQuery<{ id: string }>(CompiledQuery.raw(SELECT_TRAIL_ID))).rows,
    ))
  }
}
