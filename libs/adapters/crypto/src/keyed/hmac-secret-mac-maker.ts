import { createHash, createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { SecretMac, SecretMacMaker } from '@ac/client-validation'
import type { ClientId, Secret } from '@ac/kernel'
import { deriveKey } from './derive-key.ts'

/** HMAC-SHA-256 under a key derived from the service's hash secret. */
export class HmacSecretMacMaker implements SecretMacMaker {
  /** The first 8 bytes of the SHA-256 of the derived key, in hexadecimal. */
  readonly keyId: string
  readonly #key: KeyObject

  /**
   * @param hashSecret at least 32 random bytes; not kept
   * @throws {RangeError} `hashSecret` is shorter
   */
  constructor(hashSecret: Uint8Array) {
    const key = deriveKey(hashSecret, 'client-secret-mac')
    this.keyId = createHash('sha256').update(key).digest('hex').slice(0, 16)
    this.#key = createSecretKey(key)
  }

  make(client: ClientId, secret: Secret): SecretMac {
    // The length in front keeps a character from moving between the id and the secret without changing the MAC.
    const mac = createHmac('sha256', this.#key)
      .update(`${Buffer.byteLength(client)}:${client}${secret.reveal()}`)
      .digest()
    return { keyId: this.keyId, mac }
  }

  same(one: SecretMac, other: SecretMac): boolean {
    return one.keyId === other.keyId && one.mac.length === other.mac.length && timingSafeEqual(one.mac, other.mac)
  }
}
