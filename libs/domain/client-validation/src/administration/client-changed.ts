import { DomainError } from '@ac/kernel'

/** The client is not at the version that the change was made for: somebody was faster (RFC 9110 section 13.1.1). */
export class ClientChanged extends DomainError {
  readonly code = 'client_changed'

  constructor(options?: ErrorOptions) {
    super('the client was changed since the version that the request names', options)
  }
}
