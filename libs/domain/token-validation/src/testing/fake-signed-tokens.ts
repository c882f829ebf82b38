import { keyId, type KeyId } from '@ac/kernel'
import type { SignedToken, SignedTokenReader } from '../ports/signed-token-reader.ts'
import { TokenRejected } from '../token-rejected.ts'

const FORM = /^[\w-]+\.[\w-]+\.[\w-]{86}$/

/** Makes tokens in the right form. Their signatures prove nothing: it knows what was signed here. */
export class FakeSignedTokens implements SignedTokenReader {
  readonly keyId = keyId('fake-key')
  readonly #signed = new Map<string, SignedToken>()
  readonly #published = new Set<KeyId>([this.keyId])
  #failure: Error | undefined

  async read(token: string): Promise<SignedToken> {
    if (this.#failure) throw this.#failure
    const signed = this.#signed.get(token)
    if (!signed) throw new TokenRejected(FORM.test(token) ? 'bad_signature' : 'malformed')
    if (!this.#published.has(signed.keyId)) throw new TokenRejected('unknown_key')
    return signed
  }

  /** A token that says `claims`, whatever they are. */
  sign(claims: unknown): string {
    const number = this.#signed.size
    const token = `fake.${number}.${String(number).padStart(86, '0')}`
    this.#signed.set(token, { keyId: this.keyId, claims })
    return token
  }

  /** Has the key published no more. */
  withdraw(): void {
    this.#published.clear()
  }

  /** Makes every later call fail with `error`; `undefined` ends that. */
  fail(error: Error | undefined): void {
    this.#failure = error
  }
}
