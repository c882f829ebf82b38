import type { AuditEvent } from '@ac/kernel'
import type { SigningKey, StoredKey } from '../signing-key.ts'

/** The keys that an empty store begins with. */
export interface FirstKeys {
  readonly active: StoredKey
  readonly next: StoredKey
}

/**
 * Keeps signing keys, private halves sealed. All its times are the database's, so replicas with different clocks agree.
 * Concurrency: at most one key is `active` and at most one is `next`, whatever runs at once.
 */
export interface SigningKeyStore {
  /**
   * Every key that is or was, newest first.
   * @throws {Unavailable} the storage does not answer
   */
  list(): Promise<readonly SigningKey[]>
  /**
   * Writes the first two keys and `events` if the store holds no key of any status, in one transaction.
   * @returns whether they were written. Of any number of concurrent calls on an empty store exactly one gets `true`;
   * every other returns `false` after that one's keys can be read.
   * @throws {Unavailable} the storage does not answer
   */
  initialise(keys: FirstKeys, events: readonly AuditEvent[]): Promise<boolean>
}
