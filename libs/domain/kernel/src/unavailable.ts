import { DomainError } from './domain-error.ts'

/** Something outside that the act needs did not answer, or refused. Nothing was done; a retry may help. */
export class Unavailable extends DomainError {
  readonly code = 'unavailable'

  /** @param dependency what did not answer, for the log: `client store`, `audit trail` */
  constructor(
    readonly dependency: string,
    options?: ErrorOptions,
  ) {
    super('the service cannot do this at the moment', options)
  }
}
