import { createPrivateKey, createPublicKey, generateKeyPair, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyId } from '@ac/kernel'
import { SealedKeyRejected, type KeyPair, type KeyPairs, type PublicKey, type Signer } from '@ac/key-rotation'
import { keyThumbprint } from './key-thumbprint.ts'

/**
 * Where a signature is computed. `thread-pool`: on libuv's threads, which leaves the main thread free and gives about
 * a third more tokens when a second core is idle, for a fifth more CPU a token. `inline`: on the main thread; as fast
 * or faster where there is no idle core.
 */
export type SigningMode = 'thread-pool' | 'inline'

type SignBytes = (key: KeyObject, data: Uint8Array) => Promise<Uint8Array>

const generateKeys = promisify(generateKeyPair)

const signBytes: Readonly<Record<SigningMode, SignBytes>> = {
  'thread-pool': (key, data) =>
    new Promise((resolve, reject) => {
      sign(null, data, key, (error, signature) => (error ? reject(error) : resolve(signature)))
    }),
  inline: async (key, data) => sign(null, data, key),
}

/** Ed25519 (RFC 8032) by OpenSSL. */
export class Ed25519KeyPairs implements KeyPairs {
  readonly #sign: SignBytes

  constructor({ mode = 'thread-pool' }: { readonly mode?: SigningMode } = {}) {
    this.#sign = signBytes[mode]
  }

  async generate(): Promise<KeyPair> {
    const keys = await generateKeys('ed25519')
    const publicKey = publicHalf(keys.privateKey)
    const { buffer, byteOffset, byteLength } = keys.privateKey.export({ type: 'pkcs8', format: 'der' })
    // The same memory, not a copy: when the caller overwrites it, no other bytes of the key are left lying about.
    return { kid: keyThumbprint(publicKey), publicKey, privateKey: new Uint8Array(buffer, byteOffset, byteLength) }
  }

  signer(kid: KeyId, privateKey: Uint8Array): Signer {
    const key = parsePrivateKey(privateKey)
    if (key.asymmetricKeyType !== 'ed25519' || keyThumbprint(publicHalf(key)) !== kid) {
      throw new SealedKeyRejected('not_the_named_key')
    }
    return { kid, sign: (data) => this.#sign(key, data) }
  }
}

function parsePrivateKey(der: Uint8Array): KeyObject {
  try {
    return createPrivateKey({
      key: Buffer.from(der.buffer, der.byteOffset, der.byteLength),
      format: 'der',
      type: 'pkcs8',
    })
  } catch (cause) {
    throw new SealedKeyRejected('malformed', { cause })
  }
}

function publicHalf(privateKey: KeyObject): PublicKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (x === undefined) throw new SealedKeyRejected('malformed')
  return { kty: 'OKP', crv: 'Ed25519', x }
}
