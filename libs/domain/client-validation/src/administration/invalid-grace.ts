import { DomainError } from '@ac/kernel'

/** Longest time for which a replaced secret may go on working, in seconds: 30 days. */
export const MAX_GRACE_SECONDS = 2_592_000

/** The grace of a rotation is out of its bounds. */
export class InvalidGrace extends DomainError {
  readonly code = 'invalid_grace'

  constructor(options?: ErrorOptions) {
    super(`the grace of a replaced secret is a whole number of seconds from 0 to ${MAX_GRACE_SECONDS}`, options)
  }
}
