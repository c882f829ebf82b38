import type { TokenIssuer } from '@ac/token-issuance'
import { Controller, Header, HttpCode, Inject, Post, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { ORIGIN_READER, TOKEN_ISSUER } from '../../composition/tokens.ts'
import { readClientCredentials } from '../client-credentials/client-credentials.ts'
import { InvalidRequest, UnsupportedGrantType } from '../errors/request-errors.ts'
import { readForm } from '../form/read-form.ts'
import { Describes } from '../openapi/operation.ts'
import type { OriginReader } from '../requests/origin-reader.ts'
import { ISSUE_TOKEN } from './token.openapi.ts'

/** The answer to a token request (RFC 6749 section 5.1). */
interface TokenResponse {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly scope: string
}

/** The token endpoint (RFC 6749 section 3.2) for the client credentials grant (section 4.4). */
@Controller()
export class TokenController {
  constructor(
    @Inject(TOKEN_ISSUER) private readonly issuer: Pick<TokenIssuer, 'issue'>,
    @Inject(ORIGIN_READER) private readonly origins: OriginReader,
  ) {}

  /** Checks go from cheap to dear; nothing before the issuer does any I/O. */
  @Post('/oauth2/token')
  @Describes(ISSUE_TOKEN)
  @HttpCode(200)
  @Header('Pragma', 'no-cache')
  async issue(@Req() request: FastifyRequest): Promise<TokenResponse> {
    const form = readForm(request)
    const grantType = form.get('grant_type')
    if (grantType === undefined) throw new InvalidRequest('grant_type is missing')
    if (grantType !== 'client_credentials') throw new UnsupportedGrantType()
    const { clientId, secret } = readClientCredentials(request.headers.authorization, form)
    const token = await this.issuer.issue(
      { clientId, secret, scope: form.get('scope'), resource: form.get('resource') },
      this.origins.read(request),
    )
    return { access_token: token.accessToken, token_type: 'Bearer', expires_in: token.expiresIn, scope: token.scope }
  }
}
