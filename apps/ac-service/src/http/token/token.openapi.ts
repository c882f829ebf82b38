import type { Operation } from '../openapi/operation.ts'
import { FORM_EXPECTED, MALFORMED, THROTTLED, UNAUTHENTICATED_CLIENT, UNAVAILABLE } from '../openapi/schemas/errors.ts'

/** `POST /oauth2/token`. */
export const ISSUE_TOKEN: Operation = {
  operationId: 'issueToken',
  tags: ['tokens'],
  summary: 'Get an access token',
  description:
    'The client credentials grant (RFC 6749 section 4.4). Without `scope` the token carries every scope that the client ' +
    'has at the audience; `resource` (RFC 8707) names the audience.',
  security: [{ client_secret_basic: [] }, {}],
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          required: ['grant_type'],
          properties: {
            grant_type: { const: 'client_credentials' },
            scope: { type: 'string', default: '', description: 'Scope-tokens divided by single spaces.' },
            resource: {
              type: 'string',
              default: '',
              description: 'URI of one resource server that the client may call.',
            },
            client_id: { type: 'string', default: '', description: 'With `client_secret`, instead of HTTP Basic.' },
            client_secret: { type: 'string', format: 'password', default: '' },
          },
        },
        examples: {
          all: { summary: 'Every scope', value: { grant_type: 'client_credentials' } },
          narrow: {
            summary: 'One scope, one resource server',
            value: { grant_type: 'client_credentials', scope: 'service.write.mc', resource: 'urn:ac:mc' },
          },
        },
      },
    },
  },
  responses: {
    '200': {
      description: 'The token. Its audit event is committed.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/Token' },
          examples: {
            token: {
              value: {
                access_token:
                  'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCIsImtpZCI6Ii4uLiJ9.eyJpc3MiOiIuLi4ifQ.c2lnbmF0dXJl',
                token_type: 'Bearer',
                expires_in: 3600,
                scope: 'service.write.mc',
              },
            },
          },
        },
      },
    },
    '400': MALFORMED,
    '401': UNAUTHENTICATED_CLIENT,
    '415': FORM_EXPECTED,
    '429': THROTTLED,
    '503': UNAVAILABLE,
  },
}
