import { DomainError } from '@ac/kernel'

/** No active signing key is loaded, so nothing can be signed. A retry may help. */
export class SigningKeyUnavailable extends DomainError {
  readonly code = 'signing_key_unavailable'

  constructor(options?: ErrorOptions) {
    super('the service cannot sign at the moment', options)
  }
}
