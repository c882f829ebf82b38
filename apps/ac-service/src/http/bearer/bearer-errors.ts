import { DomainError } from '@ac/kernel'

/** No bearer token came with the request (RFC 6750 section 3: the challenge then has no error). */
export class NoBearerToken extends DomainError {
  readonly code = 'no_bearer_token'

  constructor() {
    super('the request carries no bearer token')
  }
}

/** The request carries a bearer token in more than one way (RFC 6750 section 2). */
export class SecondBearerToken extends DomainError {
  readonly code = 'second_bearer_token'

  constructor() {
    super('the request uses more than one method for including an access token')
  }
}
