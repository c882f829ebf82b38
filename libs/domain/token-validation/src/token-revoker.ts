import type { AuditEvent, AuditTrail, ClientId, Clock, Origin } from '@ac/kernel'
import { claimsFault, type ValidationPolicy } from './claims-fault.ts'
import { NotTheTokensClient } from './not-the-tokens-client.ts'
import type { SignedTokenReader } from './ports/signed-token-reader.ts'
import type { TokenRevocations } from './ports/token-revocations.ts'
import { readClaims } from './read-claims.ts'
import { TokenRejected } from './token-rejected.ts'
import type { ValidToken } from './valid-token.ts'

/** What {@link TokenRevoker} needs. */
export interface TokenRevokerDeps {
  readonly tokens: SignedTokenReader
  readonly revocations: TokenRevocations
  readonly audit: AuditTrail
  readonly clock: Clock
  readonly policy: ValidationPolicy
}

/** Revokes single tokens for the clients that they were issued to (RFC 7009). */
export class TokenRevoker {
  readonly #deps: TokenRevokerDeps

  constructor(deps: TokenRevokerDeps) {
    this.#deps = deps
  }

  /**
   * Makes sure that `token` is accepted nowhere any more, with its audit event; again and again, if need be. What is no
   * token of this service, or expired, needs nothing done (RFC 7009 section 2.2).
   *
   * A token of another client is refused (section 2.1). That tells its bearer what he can read and verify himself: whether
   * it is still valid decides nothing here.
   * @param client who asks, after it has proved who it is
   * @param token untrusted; anything at all
   * @throws {NotTheTokensClient} it was issued to another client; the audit event of that is committed
   * @throws {Overloaded} a queue on the way is full
   * @throws {Unavailable} the storage or the audit trail does not answer; whether it was revoked is not known
   */
  async revoke(client: ClientId, token: string, origin: Origin): Promise<void> {
    const { revocations, audit, clock, policy } = this.#deps
    const said = await this.#read(token)
    if (!said) return
    const now = clock()
    const fault = claimsFault(said, policy, now)
    if (fault === 'wrong_issuer') return
    const event: AuditEvent = {
      type: 'token.revoked',
      outcome: 'success',
      reason: undefined,
      occurredAt: now,
      actor: client,
      target: said.id,
      origin,
    }
    if (said.clientId !== client) {
      await audit.record({ ...event, outcome: 'failure', reason: 'not_the_tokens_client' })
      throw new NotTheTokensClient()
    }
    if (fault !== 'expired') await revocations.revoke(said, event)
  }

  /** `undefined` for what no key of ours has signed that is published. */
  async #read(token: string): Promise<ValidToken | undefined> {
    try {
      return readClaims(await this.#deps.tokens.read(token))
    } catch (error) {
      if (error instanceof TokenRejected) return undefined
      throw error
    }
  }
}
