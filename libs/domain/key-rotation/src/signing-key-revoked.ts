import { DomainError } from '@ac/kernel'

/** The signing key is revoked already. Nothing was changed. */
export class SigningKeyRevoked extends DomainError {
  readonly code = 'signing_key_revoked'

  constructor() {
    super('the signing key is revoked already')
  }
}
