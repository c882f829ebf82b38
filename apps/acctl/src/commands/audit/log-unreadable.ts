import { DomainError } from '@ac/kernel'

/** The log that was to be compared with the trail cannot be read. */
export class LogUnreadable extends DomainError {
  readonly code = 'log_unreadable'

  constructor(options?: ErrorOptions) {
    super('the log cannot be read', options)
  }
}
