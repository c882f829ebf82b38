import { DomainError } from '@ac/kernel'

/** A third live secret was asked for. Nothing was changed: whichever of the two ended for it might be in use. */
export class SecretRotationPending extends DomainError {
  readonly code = 'secret_rotation_pending'

  constructor(options?: ErrorOptions) {
    super(
      'the client has two live secrets: revoke the one that nobody uses, or end both now by a rotation without grace',
      options,
    )
  }
}
