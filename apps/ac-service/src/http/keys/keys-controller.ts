import {
  representSigningKey,
  type KeyRevoker,
  type SigningKeyRepresentation,
  type SigningKeyStore,
} from '@ac/key-rotation'
import { keyId } from '@ac/kernel'
import { Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { KEY_REVOKER, ORIGIN_READER, SIGNING_KEYS } from '../../composition/tokens.ts'
import { KeyFollower } from '../../lifecycle/key-follower.ts'
import { Caller } from '../bearer/caller.ts'
import { RequiresScope } from '../bearer/requires-scope.ts'
import { TakesNothing } from '../bodies/takes.ts'
import { readNothing } from '../json/read-json.ts'
import { Describes } from '../openapi/operation.ts'
import { refuseQuery } from '../paging/read-query.ts'
import type { OriginReader } from '../requests/origin-reader.ts'
import { LIST_KEYS, REVOKE_KEY } from './keys.openapi.ts'

/** The signing keys as an administrator sees them. */
@Controller('/api/v1/admin/keys')
export class KeysController {
  constructor(
    @Inject(SIGNING_KEYS) private readonly keys: Pick<SigningKeyStore, 'read'>,
    @Inject(KEY_REVOKER) private readonly revoker: KeyRevoker,
    @Inject(KeyFollower) private readonly follower: KeyFollower,
    @Inject(ORIGIN_READER) private readonly origins: OriginReader,
  ) {}

  /** Every key that is or was, newest first. There are a few dozen a year, so they come without pages. */
  @Get()
  @Describes(LIST_KEYS)
  @RequiresScope('admin:services')
  async list(@Req() request: FastifyRequest): Promise<{ readonly keys: readonly SigningKeyRepresentation[] }> {
    refuseQuery(request)
    return { keys: (await this.keys.read()).keys.map(representSigningKey) }
  }

  /** An emergency like a forced rotation, so it takes the same right and no other: `admin:services` is not enough. */
  @Post('/:kid/revoke')
  @HttpCode(200)
  @TakesNothing()
  @Describes(REVOKE_KEY)
  @RequiresScope('admin.force-rotate-keys.ac')
  async revoke(
    @Req() request: FastifyRequest,
    @Param('kid') kid: string,
    @Caller() caller: Caller,
  ): Promise<SigningKeyRepresentation> {
    refuseQuery(request)
    readNothing(request)
    const key = await this.revoker.revoke({ kid: keyId(kid), actor: caller.clientId }, this.origins.read(request))
    await this.follower.followOwnChange()
    return representSigningKey(key)
  }
}
