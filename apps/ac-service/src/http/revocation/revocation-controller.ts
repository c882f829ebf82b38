import type { TokenRevoker } from '@ac/token-validation'
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { TOKEN_REVOKER } from '../../composition/tokens.ts'
import { ClientRequests } from '../client-credentials/client-requests.ts'
import { Describes } from '../openapi/operation.ts'
import { REVOKE_TOKEN } from './revocation.openapi.ts'

/** The revocation endpoint (RFC 7009 section 2). */
@Controller()
export class RevocationController {
  constructor(
    @Inject(ClientRequests) private readonly requests: ClientRequests,
    @Inject(TOKEN_REVOKER) private readonly revoker: TokenRevoker,
  ) {}

  /** The answer has no body: its status says all there is (section 2.2). */
  @Post('/oauth2/revoke')
  @Describes(REVOKE_TOKEN)
  @HttpCode(200)
  async revoke(@Req() request: FastifyRequest): Promise<void> {
    const { client, token, origin } = await this.requests.aboutToken(request)
    await this.revoker.revoke(client.id, token, origin)
  }
}
