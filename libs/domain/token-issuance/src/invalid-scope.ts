import { DomainError } from '@ac/kernel'

/** The scope asked for is malformed, not all registered for the client, or nothing (RFC 6749 section 5.2). */
export class InvalidScope extends DomainError {
  readonly code = 'invalid_scope'

  constructor(options?: ErrorOptions) {
    super('the requested scope is invalid, unknown or exceeds what the client may have', options)
  }
}
