import { failure, NO_VALID_TOKEN, SCOPE_MISSING, UNAVAILABLE } from '../../openapi/schemas/errors.ts'

/** What any call of the admin API may be answered. */
export const ADMIN_FAILURES = { '401': NO_VALID_TOKEN, '403': SCOPE_MISSING, '503': UNAVAILABLE }

export const BAD_METADATA = failure(
  'The body is no JSON object, or a field is unknown, read-only or breaks its rule; it is named.',
  'invalid_client_metadata',
  'region is not valid: 1 to 64 of a-z, 0-9 and -, neither beginning nor ending with -',
)

export const PRIVILEGE_MISSING = failure(
  'The access token does not carry `admin:services`, or not a privileged scope that this is about.',
  'insufficient_scope',
  'a privileged scope can be handed out, and its holders changed, only by those who hold it',
)

export const UNKNOWN_CLIENT = failure('There is no such client.', 'not_found', 'no client of that id is registered')

export const CLIENT_CHANGED = failure(
  'The client is not at the version that `If-Match` names.',
  'precondition_failed',
  'the client was changed since the version that the request names',
)

export const NOT_JSON = failure(
  'The body is of another media type, or encoded.',
  'invalid_request',
  'the body must be application/json in UTF-8, without content encoding',
)

export const BAD_REQUEST = failure(
  'The request is malformed.',
  'invalid_request',
  'limit must be a whole number from 1 to 100',
)
