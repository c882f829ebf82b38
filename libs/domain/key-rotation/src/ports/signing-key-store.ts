import type { AuditEvent } from '@ac/kernel'
import type { SigningKey } from '../signing-key.ts'

/** All keys at one moment of the store's clock. */
export interface KeySet {
  /** The moment, in whole milliseconds. */
  readonly now: Date
  /** Every key that is or was, newest first. */
  readonly keys: readonly SigningKey[]
}

/** What becomes of a key set. */
export interface KeySetChange<T> {
  /** What the caller is told. */
  readonly result: T
  /**
   * Keys that are new or have changed, each as it shall be. They are written one after the other in this order, so a key
   * gives up its status before another one takes it. What is not named stays as it is; nothing is ever deleted.
   */
  readonly write: readonly SigningKey[]
  /** What the audit trail is told. */
  readonly events: readonly AuditEvent[]
}

/**
 * Keeps signing keys, private halves sealed. It has one clock, the database's, so replicas with different clocks agree.
 * At most one key is `active` and at most one is `next`, whatever runs at once.
 */
export interface SigningKeyStore {
  /**
   * The keys, and the time by the store's clock.
   * @throws {Unavailable} the storage does not answer
   */
  read(): Promise<KeySet>
  /**
   * Lets `decide` say what becomes of the keys, and commits that and its events in one transaction.
   * Concurrency: calls from any number of processes take turns. Each `decide` sees all that was committed before it, and
   * nothing that it has seen changes before its own change is committed, so a decision cannot be overtaken.
   * @param decide is called once, and not at all when the store cannot be read; must not wait for anything
   * @returns the `result` of what was decided, after the commit
   * @throws whatever `decide` throws; nothing was changed
   * @throws an error of the storage: the change leaves two keys `active` or two `next`; nothing was changed
   * @throws {Unavailable} the storage does not answer, or others hold it for too long; whether the change was committed
   * is not known
   */
  change<T>(decide: (keySet: KeySet) => KeySetChange<T>): Promise<T>
}
