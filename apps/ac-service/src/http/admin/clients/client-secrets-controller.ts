import { representRotation, type RotationRepresentation, type SecretRotator } from '@ac/client-validation'
import { secretId } from '@ac/kernel'
import { Controller, Delete, HttpCode, Inject, Param, Post, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { SECRET_ROTATOR } from '../../../composition/tokens.ts'
import { Caller } from '../../bearer/caller.ts'
import { RequiresScope } from '../../bearer/requires-scope.ts'
import { Takes } from '../../bodies/takes.ts'
import { readOptionalJson } from '../../json/read-json.ts'
import { Describes } from '../../openapi/operation.ts'
import { refuseQuery } from '../../paging/read-query.ts'
import { AdministrativeActs } from '../administrative-acts.ts'
import { REVOKE_SECRET, ROTATE_SECRET } from './client-secrets.openapi.ts'
import { CLIENT, namedClient } from './named-client.ts'

const A_DAY_SECONDS = 86_400

/** The secrets of one client. */
@Controller()
export class ClientSecretsController {
  constructor(
    @Inject(SECRET_ROTATOR) private readonly rotator: SecretRotator,
    @Inject(AdministrativeActs) private readonly acts: AdministrativeActs,
  ) {}

  @Post(`${CLIENT}/rotate-secret`)
  @Takes('json')
  @RequiresScope('admin:services')
  @Describes(ROTATE_SECRET)
  @HttpCode(200)
  async rotate(
    @Param('client_id') id: string,
    @Req() request: FastifyRequest,
    @Caller() caller: Caller,
  ): Promise<RotationRepresentation> {
    refuseQuery(request)
    const [client, graceSeconds] = [namedClient(id), readGrace(request)]
    const rotation = await this.acts.perform(request, caller, (act) => this.rotator.rotate(client, graceSeconds, act))
    return representRotation(client, rotation)
  }

  @Delete(`${CLIENT}/secrets/:secret_id`)
  @RequiresScope('admin:services')
  @Describes(REVOKE_SECRET)
  @HttpCode(204)
  async revoke(
    @Param('client_id') id: string,
    @Param('secret_id') secret: string,
    @Req() request: FastifyRequest,
    @Caller() caller: Caller,
  ): Promise<void> {
    refuseQuery(request)
    const client = namedClient(id)
    await this.acts.perform(request, caller, (act) => this.rotator.revoke(client, secretId(secret), act))
  }
}

/** `undefined` is a day; `null` is out of bounds, as the rotator will say. */
function readGrace(request: FastifyRequest): number {
  const fields = readOptionalJson(request)
  fields.only(['grace_seconds'])
  const seconds = fields.wholeNumber('grace_seconds')
  return seconds === undefined ? A_DAY_SECONDS : (seconds ?? Number.NaN)
}
