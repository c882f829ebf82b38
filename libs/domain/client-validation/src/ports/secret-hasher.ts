import type { Secret } from '@ac/kernel'

/**
 * Makes and checks slow, memory-hard hashes of client secrets. Tens of milliseconds and tens of MiB a call, so an
 * implementation bounds how many run and wait at once.
 */
export interface SecretHasher {
  /**
   * A salted argon2id hash in PHC string format; never twice the same.
   * @throws {Overloaded} too many calls are waiting
   */
  hash(secret: Secret): Promise<string>
  /**
   * Whether `hash` was made of `secret`. A text that is no argon2id hash matches nothing.
   * @throws {Overloaded} too many calls are waiting
   */
  verify(hash: string, secret: Secret): Promise<boolean>
}
