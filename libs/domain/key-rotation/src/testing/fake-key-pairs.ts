import { keyId, type KeyId } from '@ac/kernel'
import type { KeyPairs, Signer } from '../ports/key-pairs.ts'
import { SealedKeyRejected } from '../sealed-key-rejected.ts'
import type { KeyPair, PublicKey } from '../signing-key.ts'
import { fakeDigest } from './fake-digest.ts'

/** Stands where PKCS#8 has its header. */
const HEADER = [0x30, 0x2e, 0xfa]
const SEED_LENGTH = 32
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Counted over all instances: no two keys are the same. */
let seeds = 0

/** Makes key pairs in the right form. Whoever has the public key could sign: that is no matter to a fake. */
export class FakeKeyPairs implements KeyPairs {
  /** Every pair that was made, in order: the very arrays, so that a test sees whether they were wiped. */
  readonly generated: KeyPair[] = []

  async generate(): Promise<KeyPair> {
    const privateKey = Uint8Array.of(...HEADER, ...fakeDigest('seed', String(++seeds)))
    const publicKey = publicKeyOf(privateKey)
    const pair = { kid: kidOf(publicKey), publicKey, privateKey }
    this.generated.push(pair)
    return pair
  }

  signer(kid: KeyId, privateKey: Uint8Array): Signer {
    const wellFormed = HEADER.every((byte, index) => byte === privateKey[index])
    if (!wellFormed || privateKey.length !== HEADER.length + SEED_LENGTH) throw new SealedKeyRejected('malformed')
    const publicKey = publicKeyOf(privateKey)
    if (kidOf(publicKey) !== kid) throw new SealedKeyRejected('not_the_named_key')
    return { kid, sign: async (data) => signatureOf(publicKey, data) }
  }

  /** Whether `signature` is the one that the signer of `publicKey` makes of `data`. */
  async verify(publicKey: PublicKey, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
    const right = signatureOf(publicKey, data)
    return signature.length === right.length && right.every((byte, index) => byte === signature[index])
  }
}

const publicKeyOf = (privateKey: Uint8Array): PublicKey => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: thumbprint(fakeDigest('public', privateKey)),
})

const kidOf = ({ x }: PublicKey): KeyId => keyId(thumbprint(fakeDigest('kid', x)))

const signatureOf = ({ x }: PublicKey, data: Uint8Array): Uint8Array =>
  Uint8Array.of(...fakeDigest('left', x, data), ...fakeDigest('right', x, data))

/** As long as 32 bytes in base64url: 42 characters that depend on `bytes`, and one that ends them rightly. */
const thumbprint = (bytes: Uint8Array): string =>
  `${Array.from({ length: 42 }, (_, index) => ALPHABET.charAt((bytes[(index * 3) % 32] ?? 0) & 63)).join('')}A`
