import type { ClientId, Clock, Origin } from '@ac/kernel'
import type { TokenRevocations } from './ports/token-revocations.ts'

/** An order to revoke tokens by their number. */
export interface MassRevocation {
  /** Whose tokens; `undefined` means everybody's. */
  readonly client: ClientId | undefined
  /** Who orders it. */
  readonly actor: ClientId | 'acctl'
}

/** What {@link MassRevoker} needs. */
export interface MassRevokerDeps {
  readonly revocations: Pick<TokenRevocations, 'revokeIssued'>
  readonly clock: Clock
}

/** Revokes all tokens of a client, or of everybody, at once: nobody need know them. */
export class MassRevoker {
  readonly #deps: MassRevokerDeps

  constructor(deps: MassRevokerDeps) {
    this.#deps = deps
  }

  /**
   * Revokes what has been issued up to now, with its audit event. Clients can go on fetching tokens; those of the first
   * second after it are among the revoked ones.
   * @returns the first second from which on tokens count; `undefined` when there is no such client
   * @throws {Unavailable} the storage does not answer; whether they were revoked is not known
   */
  revoke({ client, actor }: MassRevocation, origin: Origin): Promise<Date | undefined> {
    return this.#deps.revocations.revokeIssued(client, {
      type: 'tokens.revoked',
      outcome: 'success',
      reason: client === undefined ? 'of_everybody' : 'of_client',
      occurredAt: this.#deps.clock(),
      actor,
      target: client,
      origin,
    })
  }
}
