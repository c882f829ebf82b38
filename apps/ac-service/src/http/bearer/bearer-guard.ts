import type { Scope } from '@ac/kernel'
import type { AccessAuthorizer } from '@ac/token-validation'
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import { ACCESS_AUTHORIZER, ORIGIN_READER } from '../../composition/tokens.ts'
import type { OriginReader } from '../requests/origin-reader.ts'
import { noteCaller } from './caller.ts'
import { readBearerToken } from './read-bearer-token.ts'

/** Under which a handler says what it requires; see {@link RequiresScope}. */
export const REQUIRED_SCOPES = Symbol('required scopes')

/** Stands before every handler that is not for everybody. Refuses by throwing, so that the answer says why. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    @Inject(ACCESS_AUTHORIZER) private readonly authorizer: AccessAuthorizer,
    @Inject(ORIGIN_READER) private readonly origins: OriginReader,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const anyOf = this.reflector.get<readonly Scope[] | undefined>(REQUIRED_SCOPES, context.getHandler()) ?? []
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const token = readBearerToken(request)
    const { clientId, scopes } = await this.authorizer.authorize(token, anyOf, this.origins.read(request))
    noteCaller(request, { clientId, scopes })
    return true
  }
}
