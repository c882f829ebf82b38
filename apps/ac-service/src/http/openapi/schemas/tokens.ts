import type { Schema } from '../operation.ts'

/** The answer to a token request (RFC 6749 section 5.1). */
export const TOKEN: Schema = {
  type: 'object',
  required: ['access_token', 'token_type', 'expires_in', 'scope'],
  additionalProperties: false,
  properties: {
    access_token: {
      type: 'string',
      description: 'A JWT of RFC 9068, signed with Ed25519.',
      pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
    },
    token_type: { const: 'Bearer' },
    expires_in: { type: 'integer', minimum: 1, description: 'Seconds from now.' },
    scope: { type: 'string', description: 'What was granted, scope-tokens divided by spaces.' },
  },
}

/** The public keys (RFC 7517 section 5). */
export const JWKS: Schema = {
  type: 'object',
  required: ['keys'],
  additionalProperties: false,
  properties: {
    keys: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kty', 'crv', 'x', 'kid', 'alg', 'use'],
        additionalProperties: false,
        properties: {
          kty: { const: 'OKP' },
          crv: { const: 'Ed25519' },
          x: { type: 'string', description: 'The public key, base64url.', pattern: '^[A-Za-z0-9_-]{43}$' },
          kid: { type: 'string', description: 'The thumbprint of RFC 7638.', pattern: '^[A-Za-z0-9_-]{43}$' },
          alg: { const: 'EdDSA' },
          use: { const: 'sig' },
        },
      },
    },
  },
}

const uri = { type: 'string', format: 'uri' }
const words = { type: 'array', items: { type: 'string' } }

/** What a client needs to know of this server (RFC 8414 section 2). */
export const SERVER_METADATA: Schema = {
  type: 'object',
  required: ['issuer', 'token_endpoint', 'jwks_uri', 'response_types_supported'],
  properties: {
    issuer: uri,
    token_endpoint: uri,
    jwks_uri: uri,
    introspection_endpoint: uri,
    revocation_endpoint: uri,
    grant_types_supported: words,
    response_types_supported: words,
    token_endpoint_auth_methods_supported: words,
    introspection_endpoint_auth_methods_supported: words,
    revocation_endpoint_auth_methods_supported: words,
  },
}

const seconds = { type: 'integer', minimum: 0, description: 'Seconds since 1970.' }

/** The answer about a token (RFC 7662 section 2.2). */
export const INTROSPECTION: Schema = {
  oneOf: [
    {
      type: 'object',
      required: ['active'],
      additionalProperties: false,
      properties: { active: { const: false } },
    },
    {
      type: 'object',
      required: ['active', 'scope', 'client_id', 'token_type', 'exp', 'iat', 'sub', 'aud', 'iss', 'jti'],
      additionalProperties: false,
      properties: {
        active: { const: true },
        scope: { type: 'string', description: 'Scope-tokens divided by spaces.' },
        client_id: { type: 'string', description: 'Whom the token was issued to.' },
        token_type: { const: 'Bearer' },
        exp: seconds,
        iat: seconds,
        sub: { type: 'string', description: 'The same as `client_id`.' },
        aud: { type: 'string', description: 'The one audience of the token.' },
        iss: uri,
        jti: { type: 'string' },
        service_type: { type: 'string' },
        region: { type: 'string' },
      },
    },
  ],
}
