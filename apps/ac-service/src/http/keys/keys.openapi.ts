import type { Content, Operation } from '../openapi/operation.ts'
import {
  failure,
  MALFORMED_BODY,
  NO_VALID_TOKEN,
  RETRY_AFTER,
  SCOPE_MISSING,
  UNAVAILABLE,
} from '../openapi/schemas/errors.ts'

const ACTIVE = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
const NEXT = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'

const nothing: Operation['requestBody'] = {
  required: false,
  description: 'Nothing has to be told: no body, or an empty object.',
  content: {
    'application/json': {
      schema: { type: 'object', maxProperties: 0 },
      examples: { empty: { value: {} } },
    },
  },
}

const json = (schema: string, example: string, value: unknown): Readonly<Record<string, Content>> => ({
  'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, examples: { [example]: { value } } },
})

const OTHER_MEDIA_TYPE = failure(
  'The body is of another media type, or encoded.',
  'invalid_request',
  'the body must be application/json or application/x-www-form-urlencoded in UTF-8, without content encoding',
)

const TOO_SOON = failure(
  'The keys were rotated too recently. Nothing was changed.',
  'temporarily_unavailable',
  'the signing keys were rotated too recently',
  RETRY_AFTER,
)

/** `POST /internal/rotate-keys`. */
export const ROTATE_KEYS: Operation = {
  operationId: 'rotateKeys',
  tags: ['keys'],
  summary: 'Have the next key sign',
  description:
    'The next key signs from now on, the old one stays valid for the overlap, and another one waits. With ' +
    '`service.rotate-keys.ac` at most once in 6 days, with `admin.force-rotate-keys.ac` at most once an hour, both by ' +
    'default and counted from when the active key began to sign. A token that has both counts as forced.',
  security: [{ bearer: ['service.rotate-keys.ac'] }, { bearer: ['admin.force-rotate-keys.ac'] }],
  requestBody: nothing,
  responses: {
    '200': {
      description: 'Rotated.',
      content: json('Rotation', 'rotated', {
        rotated: true,
        new_key_id: NEXT,
        old_key_id: ACTIVE,
        old_key_valid_until: '2026-03-08T12:00:00.000Z',
      }),
    },
    '400': MALFORMED_BODY,
    '401': NO_VALID_TOKEN,
    '403': SCOPE_MISSING,
    '415': OTHER_MEDIA_TYPE,
    '429': TOO_SOON,
    '503': UNAVAILABLE,
  },
}

/** `GET /api/v1/admin/keys`. */
export const LIST_KEYS: Operation = {
  operationId: 'listKeys',
  tags: ['keys'],
  summary: 'List the signing keys',
  description: 'Every key that is or was, newest first. Needs `admin:services`.',
  security: [{ bearer: ['admin:services'] }],
  responses: {
    '200': {
      description: 'The keys.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['keys'],
            additionalProperties: false,
            properties: { keys: { type: 'array', items: { $ref: '#/components/schemas/SigningKey' } } },
          },
          examples: {
            keys: {
              value: {
                keys: [
                  {
                    kid: NEXT,
                    status: 'next',
                    alg: 'EdDSA',
                    created_at: '2026-03-01T12:00:00.000Z',
                    activated_at: null,
                    retires_at: null,
                  },
                  {
                    kid: ACTIVE,
                    status: 'active',
                    alg: 'EdDSA',
                    created_at: '2026-02-22T12:00:00.000Z',
                    activated_at: '2026-03-01T12:00:00.000Z',
                    retires_at: null,
                  },
                ],
              },
            },
          },
        },
      },
    },
    '400': MALFORMED_BODY,
    '401': NO_VALID_TOKEN,
    '403': SCOPE_MISSING,
    '503': UNAVAILABLE,
  },
}

/** `POST /api/v1/admin/keys/{kid}/revoke`. */
export const REVOKE_KEY: Operation = {
  operationId: 'revokeKey',
  tags: ['keys'],
  summary: 'Have a key be trusted no more',
  description:
    'For a key that somebody else may hold. It leaves the key set and what it signed is refused, both at once. In the place ' +
    'of the active key the next one signs, however young it is: verifiers that cache the key set may not know it for some ' +
    'minutes. Needs `admin.force-rotate-keys.ac`.',
  security: [{ bearer: ['admin.force-rotate-keys.ac'] }],
  parameters: [{ name: 'kid', in: 'path', description: 'The key.', required: true, schema: { type: 'string' } }],
  requestBody: nothing,
  responses: {
    '200': {
      description: 'Revoked. The key as it is now.',
      content: json('SigningKey', 'revoked', {
        kid: ACTIVE,
        status: 'revoked',
        alg: 'EdDSA',
        created_at: '2026-02-22T12:00:00.000Z',
        activated_at: '2026-03-01T12:00:00.000Z',
        retires_at: '2026-03-02T08:30:00.000Z',
      }),
    },
    '400': MALFORMED_BODY,
    '401': NO_VALID_TOKEN,
    '403': SCOPE_MISSING,
    '404': failure('There is no such key.', 'not_found', 'there is no signing key of this id'),
    '409': failure('The key is revoked already.', 'conflict', 'the signing key is revoked already'),
    '415': OTHER_MEDIA_TYPE,
    '503': UNAVAILABLE,
  },
}
