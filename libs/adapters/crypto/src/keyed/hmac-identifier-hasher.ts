import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { deriveKey } from './derive-key.ts'

/**
 * Turns client ids and network addresses into what logs, spans and audit events may carry: lines about the same one
 * can be told to belong together, and nobody without the key can try out all addresses to find which one it is.
 */
export class HmacIdentifierHasher {
  readonly #key: KeyObject

  /**
   * @param hashSecret at least 32 random bytes; not kept
   * @throws {RangeError} `hashSecret` is shorter
   */
  constructor(hashSecret: Uint8Array) {
    this.#key = createSecretKey(deriveKey(hashSecret, 'identifier'))
  }

  /** `h:` and the first 16 hexadecimal digits of HMAC-SHA-256 of `text`. */
  hash(text: string): string {
    return `h:${createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 16)}`
  }
}
