import { DomainError } from '@ac/kernel'
import type { TokenReference } from './ports/token-states.ts'

/** Why a token was rejected. For the audit trail and the metrics: a caller learns only that it was. */
export type TokenRejectionReason =
  | 'malformed'
  | 'unknown_key'
  | 'bad_signature'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'issued_in_the_future'
  | 'expired'
  | 'revoked'
  | 'unknown_client'
  | 'disabled_client'

/** The token is none that this service issued, or not valid any more (RFC 6750 section 3.1, `invalid_token`). */
export class TokenRejected extends DomainError {
  readonly code = 'token_rejected'

  /** @param token which one it is; `undefined` unless one of our keys has signed it */
  constructor(
    readonly reason: TokenRejectionReason,
    readonly token?: TokenReference,
    options?: ErrorOptions,
  ) {
    super('the access token is not valid', options)
  }
}
