import type { Operation } from '../openapi/operation.ts'
import { failure, FORM_EXPECTED, THROTTLED, UNAUTHENTICATED_CLIENT, UNAVAILABLE } from '../openapi/schemas/errors.ts'
import { REQUEST_ABOUT_TOKEN } from '../openapi/schemas/token-requests.ts'

/** `POST /oauth2/revoke`. */
export const REVOKE_TOKEN: Operation = {
  operationId: 'revokeToken',
  tags: ['tokens'],
  summary: 'Revoke a token',
  description:
    'RFC 7009. A client revokes a token that was issued to it: from then on the token is inactive at every replica. The ' +
    'answer is the same for what is no token of this service, or not valid any more: there is nothing left to do.',
  security: [{ client_secret_basic: [] }, {}],
  requestBody: REQUEST_ABOUT_TOKEN,
  responses: {
    '200': { description: 'The token is accepted no more. Its audit event is committed.' },
    '400': failure(
      'The request is malformed, or the token was issued to another client (`unauthorized_client`).',
      'unauthorized_client',
      'the token was issued to another client',
    ),
    '401': UNAUTHENTICATED_CLIENT,
    '415': FORM_EXPECTED,
    '429': THROTTLED,
    '503': UNAVAILABLE,
  },
}
