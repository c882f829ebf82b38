import type { Answer, Operation, Parameter } from '../../openapi/operation.ts'
import { CLIENT_EXAMPLE, SECRET_EXAMPLE } from '../../openapi/schemas/clients.ts'
import { PAGING } from '../../openapi/schemas/paging.ts'
import {
  ADMIN_FAILURES,
  BAD_METADATA,
  BAD_REQUEST,
  CLIENT_CHANGED,
  NOT_JSON,
  PRIVILEGE_MISSING,
  UNKNOWN_CLIENT,
} from './failures.openapi.ts'

const security = [{ bearer: ['admin:services'] }]
const tags = ['clients']

const ETAG = { ETag: { description: 'Counts the changes of the client; for `If-Match`.', schema: { type: 'string' } } }

/** The client that a path names. */
export const CLIENT_ID: Parameter = {
  name: 'client_id',
  in: 'path',
  required: true,
  description: 'The id of the client.',
  schema: { type: 'string', pattern: '^svc_[0-9A-Za-z]{22}$' },
}

/** Makes a write depend on what the writer has seen. */
export const IF_MATCH: Parameter = {
  name: 'If-Match',
  in: 'header',
  description: 'The `ETag` that the change is made for. Without it the change is made to the client as it is.',
  schema: { type: 'string' },
}

const ONE_CLIENT: Answer = {
  description: 'The client.',
  headers: ETAG,
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/Client' },
      examples: { client: { value: CLIENT_EXAMPLE } },
    },
  },
}

/** The answer to a registration. */
export const REGISTERED: Answer = {
  description: 'The client, with its secret, which will never be shown again.',
  headers: { ...ETAG, Location: { description: 'Where the client is.', schema: { type: 'string' } } },
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/RegisteredClient' },
      examples: { client: { value: { ...CLIENT_EXAMPLE, client_secret: SECRET_EXAMPLE } } },
    },
  },
}

/** `GET /api/v1/admin/clients`. */
export const LIST_CLIENTS: Operation = {
  operationId: 'listClients',
  tags,
  summary: 'List clients, oldest first',
  description: 'A client that is registered meanwhile shows up on a later page or not at all; none is listed twice.',
  security,
  parameters: PAGING,
  responses: {
    '200': {
      description: 'A page of clients.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/ClientPage' },
          examples: { last: { value: { clients: [CLIENT_EXAMPLE], next_cursor: null } } },
        },
      },
    },
    '400': BAD_REQUEST,
    ...ADMIN_FAILURES,
  },
}

/** `POST /api/v1/admin/clients`. */
export const CREATE_CLIENT: Operation = {
  operationId: 'createClient',
  tags,
  summary: 'Register a client',
  description:
    'Id and secret are made by the service. Nobody hands out a privileged scope that his token does not carry.',
  security,
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/ClientMetadata' },
        examples: {
          service: {
            value: {
              client_name: 'Media handler, Frankfurt',
              service_type: 'media-handler',
              region: 'eu-central-1',
              scope: 'service.write.mc service.write.gc',
              audiences: ['urn:ac:mc'],
              access_token_ttl: 900,
            },
          },
        },
      },
    },
  },
  responses: { '201': REGISTERED, '400': BAD_METADATA, ...ADMIN_FAILURES, '403': PRIVILEGE_MISSING, '415': NOT_JSON },
}

/** `GET /api/v1/admin/clients/{client_id}`. */
export const READ_CLIENT: Operation = {
  operationId: 'readClient',
  tags,
  summary: 'Read a client',
  security,
  parameters: [CLIENT_ID],
  responses: { '200': ONE_CLIENT, '400': BAD_REQUEST, '404': UNKNOWN_CLIENT, ...ADMIN_FAILURES },
}

const PATCH_CONTENT = {
  schema: { $ref: '#/components/schemas/ClientPatch' },
  examples: {
    narrow: { summary: 'Fewer scopes, default lifetime', value: { scope: 'service.write.mc', access_token_ttl: null } },
    disable: { summary: 'Stop a client', value: { disabled: true } },
  },
}

/** `PATCH /api/v1/admin/clients/{client_id}`. */
export const UPDATE_CLIENT: Operation = {
  operationId: 'updateClient',
  tags,
  summary: 'Change, disable or enable a client',
  description:
    'A merge patch (RFC 7396): fields that are absent stay, null takes one back to its default. Whoever changes a client ' +
    'holds every privileged scope that it has before or after; only to disable it takes none.',
  security,
  parameters: [CLIENT_ID, IF_MATCH],
  requestBody: {
    required: true,
    content: { 'application/merge-patch+json': PATCH_CONTENT, 'application/json': PATCH_CONTENT },
  },
  responses: {
    '200': ONE_CLIENT,
    '400': BAD_METADATA,
    '404': UNKNOWN_CLIENT,
    '412': CLIENT_CHANGED,
    '415': NOT_JSON,
    ...ADMIN_FAILURES,
    '403': PRIVILEGE_MISSING,
  },
}

/** `DELETE /api/v1/admin/clients/{client_id}`. */
export const DELETE_CLIENT: Operation = {
  operationId: 'deleteClient',
  tags,
  summary: 'Remove a client for good',
  description: 'Its tokens are inactive at once, its id is never given again, and the audit trail keeps what it did.',
  security,
  parameters: [CLIENT_ID, IF_MATCH],
  responses: {
    '204': { description: 'The client is gone.' },
    '400': BAD_REQUEST,
    '404': UNKNOWN_CLIENT,
    '412': CLIENT_CHANGED,
    ...ADMIN_FAILURES,
  },
}
