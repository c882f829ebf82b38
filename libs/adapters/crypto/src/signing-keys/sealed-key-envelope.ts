import { SealedKeyRejected } from '@ac/key-rotation'

/** Longest private key that is sealed, in bytes. */
export const MAX_PLAINTEXT_LENGTH = 8192

/** Length of an AES-GCM nonce in bytes (NIST SP 800-38D section 8.2.2: random, 96 bits). */
export const NONCE_LENGTH = 12

/** Length of an AES-GCM tag in bytes. A shorter one is easier to forge, and Node accepts it unless told not to. */
export const TAG_LENGTH = 16

const MAGIC = 0xac
const VERSION = 1
const HEADER_LENGTH = 10
const OVERHEAD = HEADER_LENGTH + NONCE_LENGTH + TAG_LENGTH

/**
 * A sealed private key:
 *
 * | bytes | |
 * |---|---|
 * | 0 | 0xac, what kind of thing this is |
 * | 1 | 1, the version of this layout and of all cryptography in it |
 * | 2-9 | id of the master key |
 * | 10-21 | nonce |
 * | 22 to 16 before the end | ciphertext, 1 to 8192 bytes |
 * | last 16 | tag |
 */
export interface SealedKeyEnvelope {
  /** Bytes 0 to 9: all that must be known before anything can be opened. */
  readonly header: Uint8Array
  /** 16 hexadecimal digits. */
  readonly masterKeyId: string
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

/** The first 10 bytes of what is sealed under the master key `masterKeyId`, 16 hexadecimal digits. */
export function envelopeHeader(masterKeyId: string): Uint8Array {
  return Buffer.concat([Buffer.of(MAGIC, VERSION), Buffer.from(masterKeyId, 'hex')], HEADER_LENGTH)
}

/**
 * Takes `sealed` apart; the parts share its memory. Proves nothing: only the tag does.
 * @throws {SealedKeyRejected} `malformed`: another kind, another version, too short or too long
 */
export function parseEnvelope(sealed: Uint8Array): SealedKeyEnvelope {
  const { length } = sealed
  if (length <= OVERHEAD || length > OVERHEAD + MAX_PLAINTEXT_LENGTH || sealed[0] !== MAGIC || sealed[1] !== VERSION) {
    throw new SealedKeyRejected('malformed')
  }
  const header = sealed.subarray(0, HEADER_LENGTH)
  return {
    header,
    masterKeyId: Buffer.from(header.subarray(2)).toString('hex'),
    nonce: sealed.subarray(HEADER_LENGTH, HEADER_LENGTH + NONCE_LENGTH),
    ciphertext: sealed.subarray(HEADER_LENGTH + NONCE_LENGTH, length - TAG_LENGTH),
    tag: sealed.subarray(length - TAG_LENGTH),
  }
}
