import type { Client, ThrottledClientAuthenticator } from '@ac/client-validation'
import type { Origin } from '@ac/kernel'
import { Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { CLIENT_AUTHENTICATOR, ORIGIN_READER } from '../../composition/tokens.ts'
import { InvalidRequest } from '../errors/request-errors.ts'
import { readForm } from '../form/read-form.ts'
import type { OriginReader } from '../requests/origin-reader.ts'
import { readClientCredentials } from './client-credentials.ts'

/** A client's request about a token, from a client that has proved who it is. */
export interface RequestAboutToken {
  readonly client: Client
  /** Untrusted. */
  readonly token: string
  readonly origin: Origin
}

/**
 * Reads requests of the endpoints to which clients bring a token (RFC 7662 section 2.1, RFC 7009 section 2.1), with the
 * same form, the same authentication and the same order of checks as at the token endpoint.
 */
@Injectable()
export class ClientRequests {
  constructor(
    @Inject(CLIENT_AUTHENTICATOR) private readonly authenticator: Pick<ThrottledClientAuthenticator, 'authenticate'>,
    @Inject(ORIGIN_READER) private readonly origins: OriginReader,
  ) {}

  /**
   * Checks go from cheap to dear. `token_type_hint` is allowed and changes nothing: there is one type of tokens.
   * @throws {InvalidRequest} the form is malformed, or has no `token`, or two mechanisms of authentication
   * @throws {NoClientCredentials} no credentials, or none of a kind that is offered
   * @throws whatever the authenticator throws
   */
  async aboutToken(request: FastifyRequest): Promise<RequestAboutToken> {
    const form = readForm(request)
    const token = form.get('token')
    if (token === undefined) throw new InvalidRequest('token is missing')
    const credentials = readClientCredentials(request.headers.authorization, form)
    const origin = this.origins.read(request)
    return { client: await this.authenticator.authenticate(credentials, origin), token, origin }
  }
}
