import type { AuditTrail, Clock, Origin } from '@ac/kernel'
import { AuthenticationThrottled } from './authentication-throttled.ts'
import type { ClientAuthenticator, ClientCredentials } from './client-authenticator.ts'
import { parseClientId } from './client-id-format.ts'
import { ClientRejected, type RejectionReason } from './client-rejected.ts'
import type { Client } from './client.ts'
import type { FailureLimiter } from './ports/failure-limiter.ts'

/** What {@link ThrottledClientAuthenticator} needs. */
export interface ThrottledClientAuthenticatorDeps {
  readonly authenticator: Pick<ClientAuthenticator, 'authenticate'>
  readonly limiter: FailureLimiter
  readonly audit: AuditTrail
  readonly clock: Clock
}

/**
 * A {@link ClientAuthenticator} that tells whoever fails too often to go away.
 *
 * The proof is looked at first, and a right one always passes: limits hold for failures only. So nobody can lock a client
 * out by guessing at its secret, not even from the same network.
 */
export class ThrottledClientAuthenticator {
  readonly #deps: ThrottledClientAuthenticatorDeps

  constructor(deps: ThrottledClientAuthenticatorDeps) {
    this.#deps = deps
  }

  /**
   * The client that `credentials` prove.
   * @throws {ClientRejected} they prove nothing; the audit event of that is committed
   * @throws {AuthenticationThrottled} they prove nothing, and there were too many like them; both events are committed
   * @throws {Overloaded} a queue on the way is full
   * @throws {Unavailable} the storage or the audit trail does not answer
   */
  async authenticate(credentials: ClientCredentials, origin: Origin): Promise<Client> {
    const { authenticator, limiter } = this.#deps
    try {
      return await authenticator.authenticate(credentials, origin)
    } catch (error) {
      if (!(error instanceof ClientRejected)) throw error
      const { clientId } = credentials
      const retryAfterSeconds = await limiter.count({ network: origin.network, clientId })
      if (retryAfterSeconds === undefined) throw error
      await this.#recordThrottling(clientId, error.reason, origin)
      throw new AuthenticationThrottled(retryAfterSeconds, { cause: error })
    }
  }

  #recordThrottling(claimedId: string, reason: RejectionReason, origin: Origin): Promise<void> {
    return this.#deps.audit.record({
      type: 'client.authentication_throttled',
      outcome: 'failure',
      reason,
      occurredAt: this.#deps.clock(),
      actor: undefined,
      target: parseClientId(claimedId),
      origin,
    })
  }
}
