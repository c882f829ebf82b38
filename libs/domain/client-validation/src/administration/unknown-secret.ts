import { DomainError } from '@ac/kernel'

/** The client has no live secret of that id. */
export class UnknownSecret extends DomainError {
  readonly code = 'unknown_secret'

  constructor(options?: ErrorOptions) {
    super('the client has no live secret of that id', options)
  }
}
