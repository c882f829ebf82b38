import type { RegistrationRepresentation, ServiceRegistrar } from '@ac/client-validation'
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SERVICE_REGISTRAR } from '../../../composition/tokens.ts'
import { Caller } from '../../bearer/caller.ts'
import { RequiresScope } from '../../bearer/requires-scope.ts'
import { Takes } from '../../bodies/takes.ts'
import { readJson } from '../../json/read-json.ts'
import { Describes } from '../../openapi/operation.ts'
import { refuseQuery } from '../../paging/read-query.ts'
import { AdministrativeActs } from '../administrative-acts.ts'
import { refuseMetadata } from '../clients/client-document.ts'
import { answerRegistration } from '../clients/registered.ts'
import { REGISTER_SERVICE } from './services.openapi.ts'

/** Services of the platform, whose type decides what they may do. */
@Controller()
export class ServicesController {
  constructor(
    @Inject(SERVICE_REGISTRAR) private readonly registrar: ServiceRegistrar,
    @Inject(AdministrativeActs) private readonly acts: AdministrativeActs,
  ) {}

  @Post('/api/v1/admin/services/register')
  @Takes('json')
  @RequiresScope('admin:services')
  @Describes(REGISTER_SERVICE)
  @HttpCode(201)
  async register(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Caller,
  ): Promise<RegistrationRepresentation> {
    refuseQuery(request)
    const fields = readJson(request, refuseMetadata)
    fields.only(['service_type', 'region'])
    const [serviceType, region] = [fields.text('service_type') ?? '', fields.text('region') ?? '']
    const registration = await this.acts.perform(request, caller, ({ by, origin }) =>
      this.registrar.register(serviceType, region, by, origin),
    )
    return answerRegistration(reply, registration)
  }
}
