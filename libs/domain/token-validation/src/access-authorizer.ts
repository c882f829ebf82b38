import type { AuditEvent, AuditTrail, Clock, Origin, Scope } from '@ac/kernel'
import { InsufficientScope } from './insufficient-scope.ts'
import type { TokenReference } from './ports/token-states.ts'
import { TokenRejected, type TokenRejectionReason } from './token-rejected.ts'
import type { TokenVerifier } from './token-verifier.ts'
import type { ValidToken } from './valid-token.ts'

/** A token that is not valid any more is told of once in this time, however often it is presented. */
const QUIET_MS = 60_000
/** So many such tokens are remembered at a time. */
const MAX_REMEMBERED = 1000

/** What {@link AccessAuthorizer} needs. */
export interface AccessAuthorizerDeps {
  readonly verifier: Pick<TokenVerifier, 'verify'>
  readonly audit: AuditTrail
  readonly clock: Clock
  /** The audience of tokens for this service's own interfaces: its issuer. */
  readonly audience: string
}

/**
 * Decides who may use this service's own interfaces (RFC 6750).
 *
 * Denials are audited as far as they tell anything: always when the token is valid, and once a minute when it was issued
 * here and is not valid any more. What no key of ours signed, anybody can send without end: it leaves no event.
 */
export class AccessAuthorizer {
  readonly #deps: AccessAuthorizerDeps
  readonly #toldAt = new Map<string, number>()

  constructor(deps: AccessAuthorizerDeps) {
    this.#deps = deps
  }

  /**
   * Lets the bearer of `token` in, if it is meant for this service and carries one of the scopes `anyOf`.
   * @throws {TokenRejected} it is not valid, or meant for another audience; what is to be audited of that is committed
   * @throws {InsufficientScope} it carries none of them; the audit event of that is committed
   * @throws {Overloaded} a queue on the way is full
   * @throws {Unavailable} the storage or the audit trail does not answer
   */
  async authorize(token: string, anyOf: readonly Scope[], origin: Origin): Promise<ValidToken> {
    const valid = await this.#verify(token, origin)
    if (valid.audience !== this.#deps.audience) {
      await this.#record(valid, { actor: valid.clientId, reason: 'wrong_audience', origin })
      throw new TokenRejected('wrong_audience', valid)
    }
    if (!anyOf.some((scope) => valid.scopes.includes(scope))) {
      await this.#record(valid, { actor: valid.clientId, reason: 'insufficient_scope', origin })
      throw new InsufficientScope(anyOf)
    }
    return valid
  }

  async #verify(token: string, origin: Origin): Promise<ValidToken> {
    try {
      return await this.#deps.verifier.verify(token)
    } catch (error) {
      if (error instanceof TokenRejected && error.token) await this.#recordOnce(error.token, error.reason, origin)
      throw error
    }
  }

  async #recordOnce(token: TokenReference, reason: TokenRejectionReason, origin: Origin): Promise<void> {
    const now = this.#deps.clock().getTime()
    const toldAt = this.#toldAt.get(token.id)
    if (toldAt !== undefined && Math.abs(now - toldAt) < QUIET_MS) return
    if (this.#toldAt.size >= MAX_REMEMBERED) this.#toldAt.clear()
    this.#toldAt.set(token.id, now)
    try {
      await this.#record(token, { actor: undefined, reason, origin })
    } catch (error) {
      this.#toldAt.delete(token.id)
      throw error
    }
  }

  #record(token: TokenReference, told: Pick<AuditEvent, 'actor' | 'reason' | 'origin'>): Promise<void> {
    const { audit, clock } = this.#deps
    return audit.record({
      type: 'admin.access_denied',
      outcome: 'failure',
      occurredAt: clock(),
      target: token.id,
      ...told,
    })
  }
}
