import { DomainError } from '@ac/kernel'

/** A client of that id is registered already. */
export class ClientExists extends DomainError {
  readonly code = 'client_exists'

  constructor(options?: ErrorOptions) {
    super('a client of that id exists', options)
  }
}
