import { representRotation, type KeyRotator, type RotationRepresentation } from '@ac/key-rotation'
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { KEY_ROTATOR, ORIGIN_READER } from '../../composition/tokens.ts'
import { KeyFollower } from '../../lifecycle/key-follower.ts'
import { Caller } from '../bearer/caller.ts'
import { RequiresScope } from '../bearer/requires-scope.ts'
import { TakesNothing } from '../bodies/takes.ts'
import { readNothing } from '../json/read-json.ts'
import { Describes } from '../openapi/operation.ts'
import { refuseQuery } from '../paging/read-query.ts'
import type { OriginReader } from '../requests/origin-reader.ts'
import { ROTATE_KEYS } from './keys.openapi.ts'

const SCHEDULED = 'service.rotate-keys.ac'
const FORCED = 'admin.force-rotate-keys.ac'

/** Rotation of the signing keys, by the platform's scheduler or by somebody in an emergency. */
@Controller()
export class RotateKeysController {
  constructor(
    @Inject(KEY_ROTATOR) private readonly rotator: Pick<KeyRotator, 'rotate'>,
    @Inject(KeyFollower) private readonly follower: KeyFollower,
    @Inject(ORIGIN_READER) private readonly origins: OriginReader,
  ) {}

  /** Whoever may force a rotation does: nobody is made to wait longer by a scope that he holds besides. */
  @Post('/internal/rotate-keys')
  @HttpCode(200)
  @TakesNothing()
  @Describes(ROTATE_KEYS)
  @RequiresScope(SCHEDULED, FORCED)
  async rotate(@Req() request: FastifyRequest, @Caller() caller: Caller): Promise<RotationRepresentation> {
    refuseQuery(request)
    readNothing(request)
    const forced = caller.scopes.some((scope) => scope === FORCED)
    const rotation = await this.rotator.rotate({ forced, actor: caller.clientId }, this.origins.read(request))
    await this.follower.followOwnChange()
    return representRotation(rotation)
  }
}
