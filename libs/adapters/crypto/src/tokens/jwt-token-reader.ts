import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { keyId, type KeyId } from '@ac/kernel'
import type { PublicKey } from '@ac/key-rotation'
import { TokenRejected, type SignedToken, type SignedTokenReader } from '@ac/token-validation'
import { VerifiedTokens } from './verified-tokens.ts'

/** What {@link JwtTokenReader} needs. */
export interface JwtTokenReaderDeps {
  /** The key of that id, if it is published at this moment. */
  readonly publicKey: (kid: KeyId) => PublicKey | undefined
  /** Where tokens are remembered whose signature is right; room for 5000 of them unless given. */
  readonly verified?: VerifiedTokens
}

/** Longer than any token that can be issued: 4096 characters of scopes and some hundred more, in base64url. */
const MAX_TOKEN_LENGTH = 8192

/** Three parts, none empty; 64 bytes of signature take 86 characters. */
const COMPACT_FORM = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/

const REMEMBERED = 5000

/** As many keys as are published at once in any installation; a few public keys are cheap to load again. */
const MAX_LOADED_KEYS = 100

/**
 * The other half of {@link JwtTokenSigner}: reads what it has signed, and nothing else. The header must be exactly `alg`,
 * `typ` and `kid`, so nothing in a token decides how it is verified: there is one algorithm, the key comes from our own
 * set, and `crit`, `jwk`, `jku` or `x5u` are not looked at but refused (RFC 8725 sections 3.1 and 3.10).
 */
export class JwtTokenReader implements SignedTokenReader {
  readonly #publicKey: (kid: KeyId) => PublicKey | undefined
  readonly #loaded = new Map<KeyId, KeyObject>()
  readonly #verified: VerifiedTokens

  constructor({ publicKey, verified = new VerifiedTokens(REMEMBERED) }: JwtTokenReaderDeps) {
    this.#publicKey = publicKey
    this.#verified = verified
  }

  async read(token: string): Promise<SignedToken> {
    if (token.length > MAX_TOKEN_LENGTH) throw new TokenRejected('malformed')
    const known = this.#verified.find(token)
    if (known && this.#publicKey(known.keyId)) return known
    const read = await this.#verify(token)
    this.#verified.add(token, read)
    return read
  }

  async #verify(token: string): Promise<SignedToken> {
    const [, header = '', payload = '', signature = ''] = COMPACT_FORM.exec(token) ?? []
    const kid = kidOf(parseCanonical(header))
    const key = this.#key(kid)
    const signed = Buffer.from(token.slice(0, header.length + 1 + payload.length), 'latin1')
    if (!(await verifies(key, signed, decodeCanonical(signature)))) throw new TokenRejected('bad_signature')
    return { keyId: kid, claims: parseCanonical(payload) }
  }

  #key(kid: KeyId): KeyObject {
    const published = this.#publicKey(kid)
    if (!published) throw new TokenRejected('unknown_key')
    const loaded = this.#loaded.get(kid)
    if (loaded) return loaded
    if (this.#loaded.size >= MAX_LOADED_KEYS) this.#loaded.clear()
    // A kid is the thumbprint of its key, so it never comes to mean another one.
    const key = createPublicKey({ key: { ...published }, format: 'jwk' })
    this.#loaded.set(kid, key)
    return key
  }
}

/** @throws {TokenRejected} `malformed`: not exactly the header of an access token of ours (RFC 9068 section 2.1) */
function kidOf(header: unknown): KeyId {
  if (typeof header !== 'object' || header === null) throw new TokenRejected('malformed')
  const { alg, typ, kid, ...others } = header as Readonly<Record<string, unknown>>
  const right = alg === 'EdDSA' && typ === 'at+jwt' && typeof kid === 'string' && Object.keys(others).length === 0
  if (!right) throw new TokenRejected('malformed')
  return keyId(kid)
}

/**
 * The JSON value in a part of a token, if it is written as our signer writes: compact, and in the one spelling that its
 * bytes have in base64url. Whatever two readers could understand differently has no such form: repeated names, broken
 * UTF-8, bits behind the last byte.
 * @throws {TokenRejected} `malformed`
 */
function parseCanonical(part: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    if (Buffer.from(JSON.stringify(value)).toString('base64url') === part) return value
  } catch (cause) {
    throw new TokenRejected('malformed', undefined, { cause })
  }
  throw new TokenRejected('malformed')
}

function decodeCanonical(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') !== part) throw new TokenRejected('malformed')
  return bytes
}

/** On libuv's threads, as signing is. */
const verifies = (key: KeyObject, data: Uint8Array, signature: Uint8Array): Promise<boolean> =>
  new Promise((resolve, reject) => {
    verify(null, data, key, signature, (error, result) => (error ? reject(error) : resolve(result)))
  })
