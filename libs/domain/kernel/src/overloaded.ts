import { DomainError } from './domain-error.ts'

/** A bounded queue is full. Nothing was done; retry after a while. */
export class Overloaded extends DomainError {
  readonly code = 'overloaded'

  /** @param queue which queue was full, for the log and the metrics: `client reads`, `audit` */
  constructor(
    readonly queue: string,
    options?: ErrorOptions,
  ) {
    super('the service is overloaded', options)
  }
}
