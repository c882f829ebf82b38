import { DomainError } from '@ac/kernel'

/** Why a client was rejected. For the audit trail only: a caller must not learn which of them it was. */
export type RejectionReason = 'unknown_client' | 'wrong_secret' | 'expired_secret' | 'disabled'

/** The client did not prove who it is. The wire says only that; `reason` is for the audit trail. */
export class ClientRejected extends DomainError {
  readonly code = 'client_rejected'

  constructor(
    readonly reason: RejectionReason,
    options?: ErrorOptions,
  ) {
    super('client authentication failed', options)
  }
}
