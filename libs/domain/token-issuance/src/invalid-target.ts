import { DomainError } from '@ac/kernel'

/** The resource is not one the client may call, or not one that all scopes asked for live at (RFC 8707 section 2). */
export class InvalidTarget extends DomainError {
  readonly code = 'invalid_target'

  constructor(options?: ErrorOptions) {
    super('the requested resource is invalid, or the requested scopes do not belong to one resource', options)
  }
}
