import type { AuditEvent } from '@ac/kernel'
import type { Database } from '../database.ts'
import { insertAuditEvents } from './insert-audit-events.ts'

/** What a change gives its caller, and the events that tell of it; none when nothing was changed. */
export interface Audited<T> {
  readonly result: T
  readonly events: readonly AuditEvent[]
}

/** Commits changes together with the audit events that tell of them: both or neither. */
export class AuditedTransactions {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Runs `change` in a transaction that ends with the insertion of its events.
   * @throws whatever `change` throws, and what keeps the events from being inserted; nothing was changed then
   * @throws {Unavailable} the database does not answer; whether the change was committed is not known
   */
  run<T>(change: (transaction: Database) => Promise<Audited<T>>): Promise<T> {
    return this.#db.transaction().execute(async (transaction) => {
      const { result, events } = await change(transaction)
      if (events.length > 0) await insertAuditEvents(transaction, events)
      return result
    })
  }
}
