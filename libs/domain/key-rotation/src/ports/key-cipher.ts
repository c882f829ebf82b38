import type { KeyId } from '@ac/kernel'

/**
 * Seals private keys so that the database never holds one in the clear.
 * The key id is bound to the ciphertext: a sealed key copied to another row does not open.
 * Safe for concurrent calls; may need a network round trip.
 */
export interface KeyCipher {
  /**
   * Seals `plaintext`, PKCS#8 DER of at most 8192 bytes, which the caller may overwrite afterwards. The result
   * describes itself, and is never the same twice.
   * @throws {RangeError} `plaintext` is longer
   * @throws {Unavailable} no answer within 2 s; a retry may help
   */
  seal(id: KeyId, plaintext: Uint8Array): Promise<Uint8Array>
  /**
   * Opens what {@link seal} returned for the same `id`. The result is the caller's, to be overwritten after use.
   * @throws {SealedKeyRejected} other id, altered bytes or unknown sealing key; do not retry
   * @throws {Unavailable} no answer within 2 s; a retry may help
   */
  open(id: KeyId, sealed: Uint8Array): Promise<Uint8Array>
  /**
   * Whether `sealed` says that it is sealed the way {@link seal} does it now, under the same master key. Opens nothing,
   * and so proves nothing.
   * @throws {SealedKeyRejected} `malformed`: nothing that `seal` ever returned
   * @throws {Unavailable} no answer within 2 s; a retry may help
   */
  isCurrent(sealed: Uint8Array): Promise<boolean>
}
