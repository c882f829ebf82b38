import { DomainError, type Scope } from '@ac/kernel'

/** The token is valid, and does not carry a scope that this needs (RFC 6750 section 3.1). */
export class InsufficientScope extends DomainError {
  readonly code = 'insufficient_scope'

  /** @param anyOf the scopes of which one would do */
  constructor(readonly anyOf: readonly Scope[]) {
    super('the access token does not carry the scope that this needs')
  }
}
