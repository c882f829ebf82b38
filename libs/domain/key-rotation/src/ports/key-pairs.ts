import type { KeyId } from '@ac/kernel'
import type { KeyPair } from '../signing-key.ts'

/** Signs with one private key. Safe for concurrent calls. */
export interface Signer {
  readonly kid: KeyId
  /** The 64 byte Ed25519 signature of `data` (RFC 8032). */
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** Makes Ed25519 key pairs and turns private keys into signers. */
export interface KeyPairs {
  /** A new pair, never the same twice. */
  generate(): Promise<KeyPair>
  /**
   * A signer for an opened private key.
   * @param privateKey PKCS#8 DER; may be overwritten by the caller afterwards
   * @throws {SealedKeyRejected} it is no Ed25519 key, or its public half has another thumbprint than `kid`
   */
  signer(kid: KeyId, privateKey: Uint8Array): Signer
}
