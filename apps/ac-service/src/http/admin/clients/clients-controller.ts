import {
  representClient,
  type ClientRegistrar,
  type ClientRegistry,
  type ClientRepresentation,
  type RegistrationRepresentation,
} from '@ac/client-validation'
import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CLIENT_REGISTRAR, CLIENT_REGISTRY, CURSORS } from '../../../composition/tokens.ts'
import { Caller } from '../../bearer/caller.ts'
import { RequiresScope } from '../../bearer/requires-scope.ts'
import { Takes } from '../../bodies/takes.ts'
import { Describes } from '../../openapi/operation.ts'
import type { Cursors } from '../../paging/cursors.ts'
import { PAGE_PARAMETERS, readPage } from '../../paging/pages.ts'
import { readQuery, refuseQuery } from '../../paging/read-query.ts'
import { AdministrativeActs } from '../administrative-acts.ts'
import { readClientMetadata } from './client-document.ts'
import { clientListing } from './client-listing.ts'
import { CREATE_CLIENT, LIST_CLIENTS } from './clients.openapi.ts'
import { answerRegistration, CLIENTS } from './registered.ts'

interface ClientPage {
  readonly clients: readonly ClientRepresentation[]
  readonly next_cursor: string | null
}

/** All registered clients. */
@Controller()
export class ClientsController {
  constructor(
    @Inject(CLIENT_REGISTRY) private readonly registry: ClientRegistry,
    @Inject(CLIENT_REGISTRAR) private readonly registrar: ClientRegistrar,
    @Inject(CURSORS) private readonly cursors: Cursors,
    @Inject(AdministrativeActs) private readonly acts: AdministrativeActs,
  ) {}

  @Get(CLIENTS)
  @RequiresScope('admin:services')
  @Describes(LIST_CLIENTS)
  async list(@Req() request: FastifyRequest): Promise<ClientPage> {
    const query = readQuery(request, PAGE_PARAMETERS)
    const { items, nextCursor } = await readPage(query, this.cursors, clientListing(this.registry))
    return { clients: items.map(representClient), next_cursor: nextCursor }
  }

  @Post(CLIENTS)
  @Takes('json')
  @RequiresScope('admin:services')
  @Describes(CREATE_CLIENT)
  @HttpCode(201)
  async create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Caller,
  ): Promise<RegistrationRepresentation> {
    refuseQuery(request)
    const metadata = readClientMetadata(request)
    const registration = await this.acts.perform(request, caller, ({ by, origin }) =>
      this.registrar.register(metadata, by, origin),
    )
    return answerRegistration(reply, registration)
  }
}
