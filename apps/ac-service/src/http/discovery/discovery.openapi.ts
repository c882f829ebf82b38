import type { Operation } from '../openapi/operation.ts'

/** `GET /.well-known/jwks.json`. */
export const READ_JWKS: Operation = {
  operationId: 'readJwks',
  tags: ['discovery'],
  summary: 'The public keys that tokens are verified with',
  description:
    'The key that signs now, the one that will sign next, and those that signed tokens which may still be valid. Cache it ' +
    'for as long as `Cache-Control` says; ask again for a `kid` that you do not know.',
  security: [],
  responses: {
    '200': {
      description: 'The keys.',
      headers: { ETag: { description: 'For `If-None-Match`.', schema: { type: 'string' } } },
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/Jwks' },
          examples: {
            keys: {
              value: {
                keys: [
                  {
                    kty: 'OKP',
                    crv: 'Ed25519',
                    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
                    kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
                    alg: 'EdDSA',
                    use: 'sig',
                  },
                ],
              },
            },
          },
        },
      },
    },
    '304': { description: 'Not changed since the entity tag in `If-None-Match`.' },
  },
}

/** `GET /.well-known/oauth-authorization-server` and `GET /.well-known/openid-configuration`. */
export const READ_METADATA: Operation = {
  operationId: 'readServerMetadata',
  tags: ['discovery'],
  summary: 'What clients need to know of this server',
  description: 'RFC 8414. The same body is at the path of RFC 8414 and at that of OpenID Connect Discovery.',
  security: [],
  responses: {
    '200': {
      description: 'The metadata.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/ServerMetadata' },
          examples: {
            metadata: {
              value: {
                issuer: 'https://auth.example.internal',
                token_endpoint: 'https://auth.example.internal/oauth2/token',
                introspection_endpoint: 'https://auth.example.internal/oauth2/introspect',
                revocation_endpoint: 'https://auth.example.internal/oauth2/revoke',
                jwks_uri: 'https://auth.example.internal/.well-known/jwks.json',
                grant_types_supported: ['client_credentials'],
                response_types_supported: [],
                token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
                introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
                revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
              },
            },
          },
        },
      },
    },
  },
}
