import type { KeyId } from '@ac/kernel'

/**
 * The life of a key: `next` is published and waits, `active` signs, `retiring` signs no more but is still published so
 * that tokens out there verify, `revoked` is published no more and what it signed is refused.
 */
export type SigningKeyStatus = 'next' | 'active' | 'retiring' | 'revoked'

/** The public half of an Ed25519 key (RFC 8037 section 2). */
export interface PublicKey {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  /** 32 bytes in base64url. */
  readonly x: string
}

/** A new key pair. The private half lives in memory only until it is sealed. */
export interface KeyPair {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: KeyId
  readonly publicKey: PublicKey
  /** PKCS#8 DER. */
  readonly privateKey: Uint8Array
}

/** A key as it is stored: its private half only as {@link KeyCipher} sealed it. */
export interface StoredKey {
  readonly kid: KeyId
  readonly publicKey: PublicKey
  /** Empty once it is destroyed: a key that will never sign again has no private half to lose. */
  readonly sealedPrivateKey: Uint8Array
}

/** A stored key and where it stands in its life. All times are the database's. */
export interface SigningKey extends StoredKey {
  readonly status: SigningKeyStatus
  /** When it was published first. */
  readonly createdAt: Date
  /** When it began to sign; `undefined` while it is `next`. */
  readonly activatedAt: Date | undefined
  /** When it leaves the published set, or left it by being revoked; `undefined` until then is known. */
  readonly retiresAt: Date | undefined
}

const DESTROYED = new Uint8Array()

/** A new key, to be published from `now` on. */
export const waitingKey = (key: StoredKey, now: Date): SigningKey => ({
  ...key,
  status: 'next',
  createdAt: now,
  activatedAt: undefined,
  retiresAt: undefined,
})

/** `key`, which signs from `now` on. */
export const activated = (key: SigningKey, now: Date): SigningKey => ({ ...key, status: 'active', activatedAt: now })

/** `key`, which signs no more and is published until `until`. Its private half is destroyed. */
export const retired = (key: SigningKey, until: Date): SigningKey => ({
  ...key,
  status: 'retiring',
  retiresAt: until,
  sealedPrivateKey: DESTROYED,
})

/** `key`, which nobody may trust any more, and which leaves the published set at `now` unless it had left it before. */
export const revoked = (key: SigningKey, now: Date): SigningKey => ({
  ...key,
  status: 'revoked',
  retiresAt: key.retiresAt && key.retiresAt < now ? key.retiresAt : now,
  sealedPrivateKey: DESTROYED,
})
