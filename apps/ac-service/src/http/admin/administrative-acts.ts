import { administeringClient, PrivilegeMissing, type AdministrativeAct } from '@ac/client-validation'
import type { AuditTrail, Clock, Origin } from '@ac/kernel'
import { isOwnScope } from '@ac/token-issuance'
import { Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { AUDIT_TRAIL, CLOCK, ORIGIN_READER } from '../../composition/tokens.ts'
import type { Caller } from '../bearer/caller.ts'
import type { OriginReader } from '../requests/origin-reader.ts'
import { readIfMatch } from './entity-tag.ts'

/**
 * Does what a caller asks for in his name: with the privileges of his token, and from where he is. The scopes of this
 * service's own interfaces are the privileged ones.
 */
@Injectable()
export class AdministrativeActs {
  constructor(
    @Inject(ORIGIN_READER) private readonly origins: OriginReader,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Whatever `perform` gives.
   * @throws {PrivilegeMissing} the caller lacks a privilege; the audit event of that is committed
   * @throws {InvalidRequest} `If-Match` is malformed
   * @throws whatever else `perform` throws
   */
  async perform<T>(
    request: FastifyRequest,
    { clientId, scopes }: Caller,
    perform: (act: AdministrativeAct) => Promise<T>,
  ): Promise<T> {
    const origin = this.origins.read(request)
    const by = administeringClient(clientId, scopes, isOwnScope)
    const expects = readIfMatch(request.headers['if-match'])
    try {
      return await perform({ by, origin, expects })
    } catch (error) {
      if (error instanceof PrivilegeMissing) await this.#recordDenial(error, by.id, origin)
      throw error
    }
  }

  #recordDenial({ code, target }: PrivilegeMissing, actor: string, origin: Origin): Promise<void> {
    return this.audit.record({
      type: 'admin.access_denied',
      outcome: 'failure',
      reason: code,
      occurredAt: this.clock(),
      actor,
      target,
      origin,
    })
  }
}
