import type { ClientId, SecretId } from '@ac/kernel'
import type { ClientWithSecrets, SecretMac } from '../client.ts'

/**
 * Gives clients with what is stored of their secrets.
 * Concurrency: {@link find} sees every write that was committed before it was called; there is no cache, so a client
 * disabled in one process is disabled in all. Implementations may answer many concurrent calls by one query.
 */
export interface ClientSecretStore {
  /**
   * The client of that id, or `undefined`. The id is whatever a caller sent, up to 128 characters: one that no database
   * can hold, such as one with a NUL, is nobody's, and must not spoil the answers to other calls.
   * @throws {Overloaded} too many reads are waiting
   * @throws {Unavailable} the storage does not answer
   */
  find(id: ClientId): Promise<ClientWithSecrets | undefined>
  /**
   * Replaces the MAC of one secret, and nothing else. Of two concurrent calls either may win: both MACs are right.
   * A secret that is gone by now is no error.
   * @throws {Unavailable} the storage does not answer
   */
  replaceMac(secret: SecretId, mac: SecretMac): Promise<void>
}
