import type { Answer, Schema } from '../operation.ts'

/** The body of every error (RFC 6749 section 5.2). */
export const ERROR: Schema = {
  type: 'object',
  required: ['error', 'error_description'],
  additionalProperties: false,
  properties: {
    error: { type: 'string', description: 'A code of the RFCs, or the plain HTTP meaning where they have none.' },
    error_description: { type: 'string', description: 'A constant sentence for people; never a word of the request.' },
  },
}

const reference: Schema = { $ref: '#/components/schemas/Error' }

/** When to come back. */
export const RETRY_AFTER = {
  'Retry-After': {
    description: 'Whole seconds after which a retry makes sense.',
    schema: { type: 'integer', minimum: 1 },
  },
}

/** An error answer with an example of it. */
export const failure = (
  description: string,
  error: string,
  error_description: string,
  headers?: Answer['headers'],
): Answer => ({
  description,
  ...(headers && { headers }),
  content: {
    'application/json': { schema: reference, examples: { [error]: { value: { error, error_description } } } },
  },
})

const CHALLENGE = {
  'WWW-Authenticate': { description: 'The challenge of RFC 9110 section 11.6.1.', schema: { type: 'string' } },
}

/** The request breaks a rule of its form. */
export const MALFORMED = failure('The request is malformed.', 'invalid_request', 'grant_type is missing')

/** A body or a query parameter that has no place here. */
export const MALFORMED_BODY = failure(
  'The body or a query parameter is not as it must be.',
  'invalid_request',
  'the body must be a JSON object',
)

/** The client did not prove who it is; why is not told. */
export const UNAUTHENTICATED_CLIENT = failure(
  'The client did not prove who it is. Unknown, disabled, wrong and expired all look like this.',
  'invalid_client',
  'client authentication failed',
  CHALLENGE,
)

/** The body is no form. */
export const FORM_EXPECTED = failure(
  'The body is of another media type, or encoded.',
  'invalid_request',
  'the body must be application/x-www-form-urlencoded in UTF-8, without content encoding',
)

/** Too many failed attempts from one place. */
export const THROTTLED = failure(
  'Too many failed attempts; the right secret is accepted all the same.',
  'temporarily_unavailable',
  'too many failed attempts; try again later',
  RETRY_AFTER,
)

/** The service cannot do its work at the moment, or sheds load. */
export const UNAVAILABLE = failure(
  'The service cannot answer at the moment, or has too much to do. Nothing was done.',
  'temporarily_unavailable',
  'the service cannot answer at the moment',
  RETRY_AFTER,
)

/** No bearer token, or none that is valid (RFC 6750 section 3.1). */
export const NO_VALID_TOKEN = failure(
  'There is no access token, or it is not valid any more.',
  'invalid_token',
  'the access token is not valid',
  CHALLENGE,
)

/** The token lacks the scope (RFC 6750 section 3.1). */
export const SCOPE_MISSING = failure(
  'The access token does not carry the scope that this needs.',
  'insufficient_scope',
  'the access token does not carry the scope that this needs',
  CHALLENGE,
)

/** There is nothing of that name. */
export const NOT_FOUND = failure('There is nothing of that name.', 'not_found', 'there is nothing at this path')
