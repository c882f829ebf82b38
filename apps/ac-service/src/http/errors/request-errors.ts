import { DomainError } from '@ac/kernel'

/** The request is malformed; what exactly is wrong with it is a constant sentence (RFC 6749 section 5.2). */
export class InvalidRequest extends DomainError {
  readonly code = 'invalid_request'

  /** @param rule the rule that was broken, constant and public: never any part of the request */
  constructor(readonly rule: string) {
    super(rule)
  }
}

/** The `grant_type` is not one that is offered (RFC 6749 section 5.2). */
export class UnsupportedGrantType extends DomainError {
  readonly code = 'unsupported_grant_type'

  constructor() {
    super('the grant type is not supported')
  }
}

/** No proof of a client came with the request, or none of a kind that is offered (RFC 6749 section 5.2). */
export class NoClientCredentials extends DomainError {
  readonly code = 'no_client_credentials'

  constructor() {
    super('the request carries no usable client authentication')
  }
}

/** The body is of a media type that its path does not take, or it is encoded (RFC 9110 section 15.5.16). */
export class UnsupportedMediaType extends DomainError {
  readonly code = 'unsupported_media_type'

  /** @param taken the media types that the path takes; none when a body has no meaning there */
  constructor(taken: readonly string[]) {
    super(
      taken.length === 0
        ? 'this request takes no body'
        : `the body must be ${taken.join(' or ')} in UTF-8, without content encoding`,
    )
  }
}
