import type { Operation } from '../../openapi/operation.ts'
import { REGISTERED } from '../clients/clients.openapi.ts'
import { ADMIN_FAILURES, BAD_METADATA, NOT_JSON, PRIVILEGE_MISSING } from '../clients/failures.openapi.ts'

/** `POST /api/v1/admin/services/register`. */
export const REGISTER_SERVICE: Operation = {
  operationId: 'registerService',
  tags: ['clients'],
  summary: 'Register a service by its type',
  description: 'The type decides the scopes: `AC_SERVICE_TYPE_SCOPES` of the deployment.',
  security: [{ bearer: ['admin:services'] }],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['service_type', 'region'],
          additionalProperties: false,
          properties: { service_type: { type: 'string' }, region: { type: 'string' } },
        },
        examples: { service: { value: { service_type: 'media-handler', region: 'eu-central-1' } } },
      },
    },
  },
  responses: { '201': REGISTERED, '400': BAD_METADATA, ...ADMIN_FAILURES, '403': PRIVILEGE_MISSING, '415': NOT_JSON },
}
