import {
  representClient,
  UnknownClient,
  type ClientAdministrator,
  type ClientRegistry,
  type ClientRepresentation,
  type ClientWithSecrets,
} from '@ac/client-validation'
import { Controller, Delete, Get, HttpCode, Inject, Param, Patch, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CLIENT_ADMINISTRATOR, CLIENT_REGISTRY } from '../../../composition/tokens.ts'
import { Caller } from '../../bearer/caller.ts'
import { RequiresScope } from '../../bearer/requires-scope.ts'
import { Takes } from '../../bodies/takes.ts'
import { Describes } from '../../openapi/operation.ts'
import { refuseQuery } from '../../paging/read-query.ts'
import { AdministrativeActs } from '../administrative-acts.ts'
import { entityTag } from '../entity-tag.ts'
import { readClientPatch } from './client-document.ts'
import { DELETE_CLIENT, READ_CLIENT, UPDATE_CLIENT } from './clients.openapi.ts'
import { CLIENT, namedClient } from './named-client.ts'

/** One registered client. Its `ETag` counts its changes; `If-Match` keeps two administrators from undoing each other's. */
@Controller()
export class ClientController {
  constructor(
    @Inject(CLIENT_REGISTRY) private readonly registry: ClientRegistry,
    @Inject(CLIENT_ADMINISTRATOR) private readonly administrator: ClientAdministrator,
    @Inject(AdministrativeActs) private readonly acts: AdministrativeActs,
  ) {}

  @Get(CLIENT)
  @RequiresScope('admin:services')
  @Describes(READ_CLIENT)
  async read(
    @Param('client_id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClientRepresentation> {
    refuseQuery(request)
    const found = await this.registry.get(namedClient(id))
    if (!found) throw new UnknownClient()
    return answerClient(reply, found)
  }

  @Patch(CLIENT)
  @Takes('merge-patch', 'json')
  @RequiresScope('admin:services')
  @Describes(UPDATE_CLIENT)
  async update(
    @Param('client_id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Caller,
  ): Promise<ClientRepresentation> {
    refuseQuery(request)
    const [client, patch] = [namedClient(id), readClientPatch(request)]
    const changed = await this.acts.perform(request, caller, (act) => this.administrator.update(client, patch, act))
    return answerClient(reply, changed)
  }

  @Delete(CLIENT)
  @RequiresScope('admin:services')
  @Describes(DELETE_CLIENT)
  @HttpCode(204)
  async delete(
    @Param('client_id') id: string,
    @Req() request: FastifyRequest,
    @Caller() caller: Caller,
  ): Promise<void> {
    refuseQuery(request)
    const client = namedClient(id)
    await this.acts.perform(request, caller, (act) => this.administrator.delete(client, act))
  }
}

function answerClient(reply: FastifyReply, found: ClientWithSecrets): ClientRepresentation {
  void reply.header('etag', entityTag(found.client.version))
  return representClient(found)
}
