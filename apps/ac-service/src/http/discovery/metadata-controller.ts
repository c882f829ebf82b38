import { Controller, Get, Header, Inject } from '@nestjs/common'
import { ISSUER } from '../../composition/tokens.ts'
import { Describes } from '../openapi/operation.ts'
import { READ_METADATA } from './discovery.openapi.ts'

/** What clients need to know of this server (RFC 8414 section 2). */
interface AuthorizationServerMetadata {
  readonly issuer: string
  readonly token_endpoint: string
  readonly introspection_endpoint: string
  readonly jwks_uri: string
  readonly revocation_endpoint: string
  readonly grant_types_supported: readonly string[]
  /** Required by RFC 8414; empty, since there is no authorization endpoint. */
  readonly response_types_supported: readonly string[]
  readonly token_endpoint_auth_methods_supported: readonly string[]
  readonly introspection_endpoint_auth_methods_supported: readonly string[]
  readonly revocation_endpoint_auth_methods_supported: readonly string[]
}

/** The same at each endpoint. */
const AUTH_METHODS = ['client_secret_basic', 'client_secret_post']

/** Discovery, at the path of RFC 8414 and at the one that OpenID Connect clients ask for. */
@Controller()
export class MetadataController {
  readonly #metadata: AuthorizationServerMetadata

  constructor(@Inject(ISSUER) issuer: string) {
    this.#metadata = {
      issuer,
      token_endpoint: `${issuer}/oauth2/token`,
      introspection_endpoint: `${issuer}/oauth2/introspect`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      revocation_endpoint: `${issuer}/oauth2/revoke`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: AUTH_METHODS,
      introspection_endpoint_auth_methods_supported: AUTH_METHODS,
      revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    }
  }

  @Get(['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'])
  @Describes(READ_METADATA)
  @Header('Cache-Control', 'public, max-age=3600')
  metadata(): AuthorizationServerMetadata {
    return this.#metadata
  }
}
