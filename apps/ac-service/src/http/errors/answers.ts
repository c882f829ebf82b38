import type {
  AuthenticationThrottled,
  ClientChanged,
  ClientExists,
  ClientRejected,
  InvalidClientMetadata,
  InvalidGrace,
  PrivilegeMissing,
  SecretRotationPending,
  UnknownClient,
  UnknownSecret,
} from '@ac/client-validation'
import type { Overloaded, Unavailable } from '@ac/kernel'
import type { RotationTooSoon, SigningKeyRevoked, UnknownSigningKey } from '@ac/key-rotation'
import type { InvalidScope, InvalidTarget, SigningKeyUnavailable } from '@ac/token-issuance'
import type { InsufficientScope, NotTheTokensClient, TokenRejected } from '@ac/token-validation'
import type { NoBearerToken, SecondBearerToken } from '../bearer/bearer-errors.ts'
import type { ChallengeKind } from './challenges.ts'
import type {
  InvalidRequest,
  NoClientCredentials,
  UnsupportedGrantType,
  UnsupportedMediaType,
} from './request-errors.ts'

/** Every failure that a caller can meet, by its code. */
export type AnsweredCode = (
  | AuthenticationThrottled
  | ClientChanged
  | ClientExists
  | ClientRejected
  | InsufficientScope
  | InvalidClientMetadata
  | InvalidGrace
  | InvalidRequest
  | InvalidScope
  | InvalidTarget
  | NoBearerToken
  | NoClientCredentials
  | NotTheTokensClient
  | Overloaded
  | PrivilegeMissing
  | RotationTooSoon
  | SecondBearerToken
  | SecretRotationPending
  | SigningKeyRevoked
  | SigningKeyUnavailable
  | TokenRejected
  | Unavailable
  | UnknownClient
  | UnknownSecret
  | UnknownSigningKey
  | UnsupportedGrantType
  | UnsupportedMediaType
)['code']

/** How a failure looks on the wire (RFC 6749 section 5.2, RFC 6750 section 3.1). */
export interface Answer {
  readonly status: number
  /** The `error` code of RFC 6749, RFC 6750, RFC 8707, or the plain HTTP meaning where OAuth has none. */
  readonly error: string
  /** Whether the error's own constant message is the `error_description`, or this one. */
  readonly description?: string
  /** 401 needs a challenge (RFC 9110 section 11.6.1), and so does what a bearer token does not open. */
  readonly challenge?: ChallengeKind
  /** Whole seconds after which a retry makes sense, unless the error itself knows (`retryAfterSeconds`). */
  readonly retryAfterSeconds?: number
}

const INVALID_CLIENT = {
  status: 401,
  error: 'invalid_client',
  description: 'client authentication failed',
  challenge: 'basic',
} as const satisfies Answer

const TEMPORARILY_UNAVAILABLE = {
  status: 503,
  error: 'temporarily_unavailable',
  description: 'the service cannot answer at the moment',
  retryAfterSeconds: 1,
} as const satisfies Answer

/** One row a code. A code without a row does not compile. */
export const ANSWERS = {
  authentication_throttled: { status: 429, error: 'temporarily_unavailable', retryAfterSeconds: 1 },
  client_changed: { status: 412, error: 'precondition_failed' },
  client_rejected: INVALID_CLIENT,
  no_client_credentials: INVALID_CLIENT,
  insufficient_scope: { status: 403, error: 'insufficient_scope', challenge: 'bearer' },
  invalid_client_metadata: { status: 400, error: 'invalid_client_metadata' },
  invalid_grace: { status: 400, error: 'invalid_request' },
  invalid_request: { status: 400, error: 'invalid_request' },
  invalid_scope: { status: 400, error: 'invalid_scope' },
  invalid_target: { status: 400, error: 'invalid_target' },
  no_bearer_token: { status: 401, error: 'invalid_token', challenge: 'bearer-only' },
  // RFC 7009 section 2.1: the client is told; RFC 6749 section 5.2: not authorized.
  not_the_tokens_client: { status: 400, error: 'unauthorized_client' },
  privilege_missing: { status: 403, error: 'insufficient_scope', challenge: 'bearer' },
  second_bearer_token: { status: 400, error: 'invalid_request', challenge: 'bearer' },
  secret_rotation_pending: { status: 409, error: 'conflict' },
  token_rejected: { status: 401, error: 'invalid_token', challenge: 'bearer' },
  unknown_client: { status: 404, error: 'not_found' },
  unknown_secret: { status: 404, error: 'not_found' },
  unsupported_grant_type: { status: 400, error: 'unsupported_grant_type' },
  unsupported_media_type: { status: 415, error: 'invalid_request' },
  rotation_too_soon: { status: 429, error: 'temporarily_unavailable', retryAfterSeconds: 1 },
  signing_key_revoked: { status: 409, error: 'conflict' },
  unknown_signing_key: { status: 404, error: 'not_found' },
  // Two random ids were the same: the next try makes another.
  client_exists: TEMPORARILY_UNAVAILABLE,
  overloaded: TEMPORARILY_UNAVAILABLE,
  signing_key_unavailable: TEMPORARILY_UNAVAILABLE,
  unavailable: TEMPORARILY_UNAVAILABLE,
} as const satisfies Record<AnsweredCode, Answer>

/** The answer to what nobody foresaw: it tells nothing, the log tells all. */
export const UNFORESEEN: Answer = {
  status: 500,
  error: 'server_error',
  description: 'the service failed to answer this request',
}

/** What Fastify refuses before any of our code runs, by the status that it chose. */
export const FRAMEWORK_ANSWERS: Readonly<Record<number, Answer>> = {
  404: { status: 404, error: 'not_found', description: 'there is nothing at this path' },
  405: { status: 405, error: 'invalid_request', description: 'the path does not take this method' },
  408: { status: 408, error: 'invalid_request', description: 'the request took too long to arrive' },
  413: { status: 413, error: 'invalid_request', description: 'the body is too large' },
  415: {
    status: 415,
    error: 'invalid_request',
    description: 'the body is of a media type that the path does not take',
  },
  431: { status: 431, error: 'invalid_request', description: 'the headers are too large' },
}

/** The answer to any other malformed request. */
export const MALFORMED: Answer = { status: 400, error: 'invalid_request', description: 'the request is malformed' }
