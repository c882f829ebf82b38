import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { ChainKey } from '@ac/audit'
import { deriveKey } from './derive-key.ts'

/** Seals audit chains by HMAC-SHA-256 under a key derived from the service's hash secret. About 2 us a link. */
export class HmacChainKey implements ChainKey {
  /** The first 6 bytes of the SHA-256 of the derived key. */
  readonly id: string
  readonly #key: KeyObject

  /**
   * @param hashSecret at least 32 random bytes; not kept
   * @throws {RangeError} `hashSecret` is shorter
   */
  constructor(hashSecret: Uint8Array) {
    const key = deriveKey(hashSecret, 'audit-chain')
    this.id = createHash('sha256').update(key).digest('hex').slice(0, 12)
    this.#key = createSecretKey(key)
  }

  seal(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex')
  }
}
