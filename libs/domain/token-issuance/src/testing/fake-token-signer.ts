import type { AccessTokenClaims } from '../access-token-claims.ts'
import type { TokenSigner } from '../ports/token-signer.ts'
import { base64url } from './base64url.ts'

/** Makes tokens in the right form. Their signatures prove nothing: {@link verify} knows what was signed here. */
export class FakeTokenSigner implements TokenSigner {
  readonly kid = 'fake-key'
  readonly publicKey = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } as const
  /** What was signed so far, oldest first. */
  readonly signed: AccessTokenClaims[] = []
  readonly #tokens = new Map<string, { header: unknown; claims: unknown }>()
  #failure: Error | undefined

  async sign(claims: AccessTokenClaims): Promise<string> {
    if (this.#failure) throw this.#failure
    const header = { alg: 'EdDSA', typ: 'at+jwt', kid: this.kid }
    const parts = [header, claims].map((part) => base64url(JSON.stringify(part)))
    const token = [...parts, String(this.signed.push(claims)).padStart(86, '0')].join('.')
    this.#tokens.set(token, { header, claims: JSON.parse(JSON.stringify(claims)) as unknown })
    return token
  }

  /** Header and claims of a token that was signed here; rejects on any other. */
  async verify(token: string): Promise<{ header: unknown; claims: unknown }> {
    const known = this.#tokens.get(token)
    if (!known) throw new Error('not signed here')
    return known
  }

  /** Makes every later call fail with `error`, as a lost key would; `undefined` ends that. */
  fail(error: Error | undefined): void {
    this.#failure = error
  }
}
