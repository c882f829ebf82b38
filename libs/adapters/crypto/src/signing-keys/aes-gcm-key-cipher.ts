import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyId } from '@ac/kernel'
import { SealedKeyRejected, type KeyCipher } from '@ac/key-rotation'
import { loadMasterKey, type MasterKey } from './master-key.ts'
import { envelopeHeader, MAX_PLAINTEXT_LENGTH, NONCE_LENGTH, parseEnvelope, TAG_LENGTH } from './sealed-key-envelope.ts'

const ALGORITHM = 'aes-256-gcm'

/** The master keys of an {@link AesGcmKeyCipher}: 32 random bytes each. */
export interface MasterKeys {
  /** Seals and opens. */
  readonly current: Uint8Array
  /** Only open: what was sealed before the master key was changed. */
  readonly previous?: readonly Uint8Array[]
}

/**
 * Seals under a master key in memory with AES-256-GCM and a random nonce; see {@link SealedKeyEnvelope} for the layout.
 * A random nonce is safe for 2^32 seals under one master key; a rotation a week seals one.
 */
export class AesGcmKeyCipher implements KeyCipher {
  readonly #current: MasterKey
  readonly #known: ReadonlyMap<string, MasterKey>

  /** @throws {RangeError} a key is not 32 bytes long */
  constructor({ current, previous = [] }: MasterKeys) {
    this.#current = loadMasterKey(current)
    this.#known = new Map([...previous.map(loadMasterKey), this.#current].map((key) => [key.id, key]))
  }

  /** @throws {RangeError} `plaintext` is empty or longer than 8192 bytes */
  async seal(id: KeyId, plaintext: Uint8Array): Promise<Uint8Array> {
    if (plaintext.length === 0 || plaintext.length > MAX_PLAINTEXT_LENGTH) {
      throw new RangeError(`a private key has 1 to ${MAX_PLAINTEXT_LENGTH} bytes`)
    }
    const header = envelopeHeader(this.#current.id)
    const nonce = randomBytes(NONCE_LENGTH)
    const cipher = createCipheriv(ALGORITHM, this.#current.key, nonce, { authTagLength: TAG_LENGTH })
    cipher.setAAD(boundTo(header, id))
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
    return new Uint8Array(Buffer.concat([header, nonce, ciphertext, cipher.getAuthTag()]))
  }

  /** The memory of the result is the caller's alone: overwritten by it, no copy is left. */
  async open(id: KeyId, sealed: Uint8Array): Promise<Uint8Array> {
    const { header, masterKeyId, nonce, ciphertext, tag } = parseEnvelope(sealed)
    const master = this.#known.get(masterKeyId)
    if (!master) throw new SealedKeyRejected('unknown_master_key')
    const decipher = createDecipheriv(ALGORITHM, master.key, nonce, { authTagLength: TAG_LENGTH })
    decipher.setAAD(boundTo(header, id))
    decipher.setAuthTag(tag)
    const plaintext = decipher.update(ciphertext)
    try {
      // Adds no bytes in this mode: it checks the tag.
      decipher.final()
    } catch (cause) {
      plaintext.fill(0)
      throw new SealedKeyRejected('altered', { cause })
    }
    return new Uint8Array(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength)
  }

  async isCurrent(sealed: Uint8Array): Promise<boolean> {
    return parseEnvelope(sealed).masterKeyId === this.#current.id
  }
}

/**
 * What the tag covers besides the key: layout version and master-key id, algorithm, key id. Only the last has no fixed
 * length, so no two contexts read alike. The key id is the thumbprint of the public key (RFC 7638): with it, a sealed
 * key is bound to its public half as well as to its row.
 */
function boundTo(header: Uint8Array, id: KeyId): Uint8Array {
  return Buffer.concat([header, Buffer.from(`EdDSA${id}`)])
}
