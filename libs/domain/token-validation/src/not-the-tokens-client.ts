import { DomainError } from '@ac/kernel'

/** The token is one of ours, and was issued to another client than the one that wants to revoke it. */
export class NotTheTokensClient extends DomainError {
  readonly code = 'not_the_tokens_client'

  constructor() {
    super('the token was issued to another client')
  }
}
