import { DomainError } from '@ac/kernel'

/** There is no signing key of this id, and never was. */
export class UnknownSigningKey extends DomainError {
  readonly code = 'unknown_signing_key'

  constructor() {
    super('there is no signing key of this id')
  }
}
