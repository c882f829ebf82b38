import { formatScope } from '@ac/kernel'
import type { TokenIntrospector, ValidToken } from '@ac/token-validation'
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { TOKEN_INTROSPECTOR } from '../../composition/tokens.ts'
import { ClientRequests } from '../client-credentials/client-requests.ts'
import { Describes } from '../openapi/operation.ts'
import { INTROSPECT_TOKEN } from './introspection.openapi.ts'

/** The answer about a token (RFC 7662 section 2.2). */
type Introspection =
  | { readonly active: false }
  | {
      readonly active: true
      readonly scope: string
      readonly client_id: string
      readonly token_type: 'Bearer'
      readonly exp: number
      readonly iat: number
      readonly sub: string
      readonly aud: string
      readonly iss: string
      readonly jti: string
      readonly service_type?: string
      readonly region?: string
    }

/** The introspection endpoint (RFC 7662 section 2). */
@Controller()
export class IntrospectionController {
  constructor(
    @Inject(ClientRequests) private readonly requests: ClientRequests,
    @Inject(TOKEN_INTROSPECTOR) private readonly introspector: TokenIntrospector,
  ) {}

  @Post('/oauth2/introspect')
  @Describes(INTROSPECT_TOKEN)
  @HttpCode(200)
  async introspect(@Req() request: FastifyRequest): Promise<Introspection> {
    const { client, token } = await this.requests.aboutToken(request)
    return represent(await this.introspector.introspect(client, token))
  }
}

/** Nothing but `active` says anything about a token that is not: not why, and not whose it is. */
function represent(token: ValidToken | undefined): Introspection {
  if (!token) return { active: false }
  const { serviceType, region } = token
  return {
    active: true,
    scope: formatScope(token.scopes),
    client_id: token.clientId,
    token_type: 'Bearer',
    exp: token.expiresAt.getTime() / 1000,
    iat: token.issuedAt.getTime() / 1000,
    sub: token.clientId,
    aud: token.audience,
    iss: token.issuer,
    jti: token.id,
    ...(serviceType !== undefined && { service_type: serviceType }),
    ...(region !== undefined && { region }),
  }
}
