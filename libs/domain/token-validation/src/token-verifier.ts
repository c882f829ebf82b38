import type { Clock } from '@ac/kernel'
import { claimsFault, type ValidationPolicy } from './claims-fault.ts'
import type { SignedTokenReader } from './ports/signed-token-reader.ts'
import type { TokenState, TokenStates } from './ports/token-states.ts'
import { readClaims } from './read-claims.ts'
import { TokenRejected, type TokenRejectionReason } from './token-rejected.ts'
import type { ValidToken } from './valid-token.ts'

/** What {@link TokenVerifier} needs. */
export interface TokenVerifierDeps {
  readonly tokens: SignedTokenReader
  readonly states: TokenStates
  readonly clock: Clock
  readonly policy: ValidationPolicy
}

/**
 * Decides whether an access token is one that this service issued and that is still valid.
 * With a skew of s seconds, a token is taken from `iat` - s on and until, not at, `exp` + s.
 */
export class TokenVerifier {
  readonly #deps: TokenVerifierDeps

  constructor(deps: TokenVerifierDeps) {
    this.#deps = deps
  }

  /**
   * What `token` says, after everything about it was checked: from cheap to dear, the database last and always afresh.
   * @param token untrusted; anything at all
   * @throws {TokenRejected} it is not valid
   * @throws {Overloaded} a queue on the way is full
   * @throws {Unavailable} the storage does not answer, so nothing can be said of the token
   */
  async verify(token: string): Promise<ValidToken> {
    const { tokens, states, clock, policy } = this.#deps
    const said = readClaims(await tokens.read(token))
    if (!said) throw new TokenRejected('malformed')
    const reason = claimsFault(said, policy, clock()) ?? stateFault(said, await states.read(said))
    if (reason) throw new TokenRejected(reason, said)
    return said
  }
}

function stateFault(
  { issuedAt }: ValidToken,
  { revoked, keyRevoked, client, notBefore }: TokenState,
): TokenRejectionReason | undefined {
  if (keyRevoked) return 'unknown_key'
  if (!client) return 'unknown_client'
  if (client.disabled) return 'disabled_client'
  if (revoked || (notBefore && issuedAt < notBefore)) return 'revoked'
  return undefined
}
