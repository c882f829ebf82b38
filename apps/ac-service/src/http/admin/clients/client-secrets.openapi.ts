import { MAX_GRACE_SECONDS } from '@ac/client-validation'
import type { Operation } from '../../openapi/operation.ts'
import { SECRET_EXAMPLE } from '../../openapi/schemas/clients.ts'
import { failure } from '../../openapi/schemas/errors.ts'
import { CLIENT_ID, IF_MATCH } from './clients.openapi.ts'
import {
  ADMIN_FAILURES,
  BAD_REQUEST,
  CLIENT_CHANGED,
  NOT_JSON,
  PRIVILEGE_MISSING,
  UNKNOWN_CLIENT,
} from './failures.openapi.ts'

const security = [{ bearer: ['admin:services'] }]
const tags = ['clients']

/** `POST /api/v1/admin/clients/{client_id}/rotate-secret`. */
export const ROTATE_SECRET: Operation = {
  operationId: 'rotateSecret',
  tags,
  summary: 'Give a client a new secret',
  description:
    'The secret before goes on working for the grace; without grace every other secret ends now, in all replicas. A ' +
    'client has two live secrets at most: a third is refused, as it would end one that may be in use.',
  security,
  parameters: [CLIENT_ID, IF_MATCH],
  requestBody: {
    required: false,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          additionalProperties: false,
          properties: {
            grace_seconds: { type: 'integer', minimum: 0, maximum: MAX_GRACE_SECONDS, default: 86_400 },
          },
        },
        examples: {
          day: { summary: 'Both work for a day', value: { grace_seconds: 86_400 } },
          now: { summary: 'The old one has leaked', value: { grace_seconds: 0 } },
        },
      },
    },
  },
  responses: {
    '200': {
      description: 'The new secret, which will never be shown again.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/RotatedSecret' },
          examples: {
            day: {
              value: {
                client_id: 'svc_4kQ0PzT9bq3XhW7mYcD2Ns',
                client_secret: SECRET_EXAMPLE,
                previous_secret_expires_at: '2026-01-03T03:04:05.678Z',
              },
            },
          },
        },
      },
    },
    '400': BAD_REQUEST,
    '404': UNKNOWN_CLIENT,
    '409': failure(
      'The client has two live secrets already.',
      'conflict',
      'the client has two live secrets: revoke the one that nobody uses, or end both now by a rotation without grace',
    ),
    '412': CLIENT_CHANGED,
    '415': NOT_JSON,
    ...ADMIN_FAILURES,
    '403': PRIVILEGE_MISSING,
  },
}

/** `DELETE /api/v1/admin/clients/{client_id}/secrets/{secret_id}`. */
export const REVOKE_SECRET: Operation = {
  operationId: 'revokeSecret',
  tags,
  summary: 'End one secret of a client now',
  description: 'For one that has leaked, or that nobody ever got. Tokens that were issued for it stay valid.',
  security,
  parameters: [
    CLIENT_ID,
    {
      name: 'secret_id',
      in: 'path',
      required: true,
      description: 'The `id` among the `secrets` of the client.',
      schema: { type: 'string' },
    },
    IF_MATCH,
  ],
  responses: {
    '204': { description: 'The secret is gone.' },
    '400': BAD_REQUEST,
    '404': failure('There is no such client or secret.', 'not_found', 'the client has no live secret of that id'),
    '412': CLIENT_CHANGED,
    ...ADMIN_FAILURES,
    '403': PRIVILEGE_MISSING,
  },
}
