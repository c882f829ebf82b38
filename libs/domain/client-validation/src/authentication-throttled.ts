import { DomainError } from '@ac/kernel'

/** The client did not prove who it is, and neither did too many before it from the same place. */
export class AuthenticationThrottled extends DomainError {
  readonly code = 'authentication_throttled'

  /** @param retryAfterSeconds whole seconds until a failure is borne again, at least 1 */
  constructor(
    readonly retryAfterSeconds: number,
    options?: ErrorOptions,
  ) {
    super('too many failed authentications', options)
  }
}
