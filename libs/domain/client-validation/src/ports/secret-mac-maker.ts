import type { ClientId, Secret } from '@ac/kernel'
import type { SecretMac } from '../client.ts'

/**
 * Makes and compares keyed MACs of client secrets. Costs microseconds, keeps no state, is safe for concurrent calls.
 * Without its key, what it makes is useless to whoever reads the database.
 */
export interface SecretMacMaker {
  /** Names the key in use; the same key has the same name in every process, another key has another. */
  readonly keyId: string
  /** The MAC of `secret`, bound to `client`: stored with another client it matches nothing. */
  make(client: ClientId, secret: Secret): SecretMac
  /** Whether two MACs were made of the same client and secret under the same key. Constant time in their bytes. */
  same(one: SecretMac, other: SecretMac): boolean
}
