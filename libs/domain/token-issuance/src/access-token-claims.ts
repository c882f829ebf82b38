import type { ClientId, TokenId } from '@ac/kernel'

/** The claims of an access token exactly as they are signed (RFC 9068 section 2.2). */
export interface AccessTokenClaims {
  readonly iss: string
  readonly sub: ClientId
  readonly client_id: ClientId
  readonly aud: string
  /** Seconds since 1970, as RFC 7519 has it. */
  readonly iat: number
  readonly exp: number
  readonly jti: TokenId
  /** Space-separated scope-tokens, never empty. */
  readonly scope: string
  readonly service_type?: string
  readonly region?: string
}
