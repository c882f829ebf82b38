import type { Schema } from '../operation.ts'

const time = { type: 'string', format: 'date-time' }
const timeOrNull = { type: ['string', 'null'], format: 'date-time' }
const label = { type: ['string', 'null'], pattern: '^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$' }
const uris = { type: 'array', items: { type: 'string', format: 'uri' }, maxItems: 50 }

/** What a registration decides, by the names of RFC 7591 where it has one. */
const METADATA = {
  client_name: { type: 'string', minLength: 1, maxLength: 200, description: 'For people.' },
  service_type: { ...label, description: 'What kind of service it is; a claim of its tokens.' },
  region: { ...label, description: 'Where it runs; a claim of its tokens.' },
  scope: { type: 'string', description: 'All it may ask for, scope-tokens divided by single spaces.' },
  audiences: { ...uris, description: 'Resource servers that it may call: `resource` values of RFC 8707.' },
  resource_ids: { ...uris, description: 'Audiences that it answers for as a resource server.' },
  token_endpoint_auth_method: { enum: ['client_secret_basic', 'client_secret_post'] },
  jwks: { type: 'null', description: 'Always null: no client proves itself by a key of its own.' },
  access_token_ttl: {
    type: ['integer', 'null'],
    minimum: 60,
    maximum: 86_400,
    description: "Seconds; null means the service's default.",
  },
  disabled: { type: 'boolean', description: 'A disabled client gets no tokens, and those that it has are inactive.' },
}

const SECRET: Schema = {
  type: 'object',
  required: ['id', 'created_at', 'expires_at', 'last_used_at'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^sec_[0-9A-Za-z]+$', description: 'Names the secret; it is not the secret.' },
    created_at: time,
    expires_at: { ...timeOrNull, description: 'When it ends; null means never.' },
    last_used_at: { ...timeOrNull, description: 'To the minute; null means never.' },
  },
}

const READ_ONLY = {
  client_id: { type: 'string', pattern: '^svc_[0-9A-Za-z]{22}$' },
  created_at: time,
  updated_at: time,
  secrets: { type: 'array', items: SECRET, description: 'Newest first, some that have expired included.' },
}

const ALL = { ...METADATA, ...READ_ONLY }

/** A registered client. */
export const CLIENT: Schema = {
  type: 'object',
  required: Object.keys(ALL),
  additionalProperties: false,
  properties: ALL,
}

/** A client that was just registered. */
export const REGISTERED_CLIENT: Schema = {
  type: 'object',
  required: [...Object.keys(ALL), 'client_secret'],
  additionalProperties: false,
  properties: { ...ALL, client_secret: { type: 'string', description: 'Shown this once and never again.' } },
}

/** What a registration may say. */
export const CLIENT_METADATA: Schema = {
  type: 'object',
  required: ['client_name', 'scope'],
  additionalProperties: false,
  properties: METADATA,
}

/** A merge patch of a client (RFC 7396): null takes a field back to its default. */
export const CLIENT_PATCH: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...METADATA,
    audiences: { ...METADATA.audiences, type: ['array', 'null'] },
    resource_ids: { ...METADATA.resource_ids, type: ['array', 'null'] },
    token_endpoint_auth_method: { enum: [...METADATA.token_endpoint_auth_method.enum, null] },
  },
}

/** Some clients, oldest first. */
export const CLIENT_PAGE: Schema = {
  type: 'object',
  required: ['clients', 'next_cursor'],
  additionalProperties: false,
  properties: {
    clients: { type: 'array', items: { $ref: '#/components/schemas/Client' }, maxItems: 100 },
    next_cursor: { type: ['string', 'null'], description: 'For `cursor`; null on the last page.' },
  },
}

/** The new secret of a client. */
export const ROTATED_SECRET: Schema = {
  type: 'object',
  required: ['client_id', 'client_secret', 'previous_secret_expires_at'],
  additionalProperties: false,
  properties: {
    client_id: READ_ONLY.client_id,
    client_secret: { type: 'string', description: 'Shown this once and never again.' },
    previous_secret_expires_at: { ...timeOrNull, description: 'null when the client had no live secret.' },
  },
}

/** A client as examples show it. */
export const CLIENT_EXAMPLE = {
  client_id: 'svc_4kQ0PzT9bq3XhW7mYcD2Ns',
  client_name: 'Media handler, Frankfurt',
  service_type: 'media-handler',
  region: 'eu-central-1',
  scope: 'service.write.mc service.write.gc',
  audiences: ['urn:ac:mc'],
  resource_ids: [],
  token_endpoint_auth_method: 'client_secret_basic',
  jwks: null,
  access_token_ttl: 900,
  disabled: false,
  created_at: '2026-01-02T03:04:05.678Z',
  updated_at: '2026-01-02T03:04:05.678Z',
  secrets: [
    {
      id: 'sec_8sKq2YvD0bTnW4xR6mZc1A',
      created_at: '2026-01-02T03:04:05.678Z',
      expires_at: null,
      last_used_at: null,
    },
  ],
}

/** A secret of the right form that is nobody's. */
export const SECRET_EXAMPLE = 'acs_7hQx2LmZ0vTgK9bRr4WnYc1EoPd5Us8Ai3Jf6XtB2Mq0QzVk'
