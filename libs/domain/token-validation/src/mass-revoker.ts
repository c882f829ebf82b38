import type { AuditEvent, ClientId, Clock, Origin } from '@ac/kernel'
import type { TokenRevocations } from './ports/token-revocations.ts'

/** Who orders that tokens be revoked: a client, or the operator by `acctl`. */
export type RevocationActor = ClientId | 'acctl'

/** What {@link MassRevoker} needs. */
export interface MassRevokerDeps {
  readonly revocations: Pick<TokenRevocations, 'revokeAll' | 'revokeAllOf'>
  readonly clock: Clock
}

/**
 * Revokes all tokens that have been issued up to now, with its audit event: nobody need know them. Clients can go on
 * fetching tokens; those of the first second after it are among the revoked ones.
 */
export class MassRevoker {
  readonly #deps: MassRevokerDeps

  constructor(deps: MassRevokerDeps) {
    this.#deps = deps
  }

  /**
   * Revokes those of everybody.
   * @returns the first second from which on tokens count
   * @throws {Unavailable} the storage does not answer; whether they were revoked is not known
   */
  revokeAll(actor: RevocationActor, origin: Origin): Promise<Date> {
    return this.#deps.revocations.revokeAll(this.#event('of_everybody', undefined, actor, origin))
  }

  /**
   * Revokes those of one client.
   * @returns the first second from which on its tokens count; `undefined` when there is no such client
   * @throws {Unavailable} the storage does not answer; whether they were revoked is not known
   */
  revokeAllOf(client: ClientId, actor: RevocationActor, origin: Origin): Promise<Date | undefined> {
    return this.#deps.revocations.revokeAllOf(client, this.#event('of_client', client, actor, origin))
  }

  #event(reason: string, target: ClientId | undefined, actor: RevocationActor, origin: Origin): AuditEvent {
    const occurredAt = this.#deps.clock()
    return { type: 'tokens.revoked', outcome: 'success', reason, occurredAt, actor, target, origin }
  }
}
