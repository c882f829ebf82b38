import type { Operation } from '../openapi/operation.ts'
import { failure, FORM_EXPECTED, THROTTLED, UNAUTHENTICATED_CLIENT, UNAVAILABLE } from '../openapi/schemas/errors.ts'
import { REQUEST_ABOUT_TOKEN } from '../openapi/schemas/token-requests.ts'

/** `POST /oauth2/introspect`. */
export const INTROSPECT_TOKEN: Operation = {
  operationId: 'introspectToken',
  tags: ['tokens'],
  summary: 'Ask whether a token is active',
  description:
    'RFC 7662. A token is active for the client that it was issued to, for clients that answer for its audience ' +
    '(`resource_ids`), and for clients registered with the scope `introspect:any`, while it is valid: signed by a ' +
    'published key, not expired, not revoked, and its client neither disabled nor deleted. For everybody else, and in ' +
    'every other case, the answer is the same.',
  security: [{ client_secret_basic: [] }, {}],
  requestBody: REQUEST_ABOUT_TOKEN,
  responses: {
    '200': {
      description: 'What the token says if it is active, and else only that it is not.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/Introspection' },
          examples: {
            active: {
              value: {
                active: true,
                scope: 'service.write.mc',
                client_id: 'svc_4kQ0PzT9bq3XhW7mYcD2Ns',
                token_type: 'Bearer',
                exp: 1_767_229_200,
                iat: 1_767_225_600,
                sub: 'svc_4kQ0PzT9bq3XhW7mYcD2Ns',
                aud: 'urn:ac:mc',
                iss: 'https://auth.example.internal',
                jti: 'pLqW5xk0T1uJtqv8Zy3m2A',
                service_type: 'global-controller',
                region: 'eu-central-1',
              },
            },
            inactive: { value: { active: false } },
          },
        },
      },
    },
    '400': failure('The request is malformed.', 'invalid_request', 'token is missing'),
    '401': UNAUTHENTICATED_CLIENT,
    '415': FORM_EXPECTED,
    '429': THROTTLED,
    '503': UNAVAILABLE,
  },
}
