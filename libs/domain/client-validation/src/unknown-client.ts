import { DomainError } from '@ac/kernel'

/** No client of that id is registered. */
export class UnknownClient extends DomainError {
  readonly code = 'unknown_client'

  constructor(options?: ErrorOptions) {
    super('no client of that id is registered', options)
  }
}
