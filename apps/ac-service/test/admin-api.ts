import type { RegisteredClient } from './registered-client.ts'
import type { RunningService } from './running-service.ts'
import type { ServiceDatabase } from './service-database.ts'
import { get, requestToken, type ReadAnswer } from './token-request.ts'

const CLIENTS = '/api/v1/admin/clients'

/** What a call may carry besides its method and path. */
export interface AdminCall {
  /** Sent as JSON, text and bytes as they are. */
  readonly body?: unknown
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A client as the API shows it, as far as tests read it. */
export interface ShownClient {
  readonly client_id: string
  readonly client_secret?: string
  readonly created_at: string
  readonly updated_at: string
  readonly secrets: readonly {
    readonly id: string
    readonly expires_at: string | null
    readonly last_used_at: string | null
  }[]
}

/** The admin API of one service, called in the name of one client. */
export class AdminApi {
  readonly #api: string
  readonly #token: string

  constructor(api: string, token: string) {
    this.#api = api
    this.#token = token
  }

  /** In the name of `client`, with a token of all its scopes at the issuer, or of `scope`. */
  static async as(client: RegisteredClient, { api }: RunningService, scope?: string): Promise<AdminApi> {
    const answer = await requestToken(api, client, { parameters: scope === undefined ? {} : { scope } })
    return new AdminApi(api, String(whenAnswered(200, answer)['access_token']))
  }

  /** The same caller, at another replica. */
  at({ api }: RunningService): AdminApi {
    return new AdminApi(api, this.#token)
  }

  call(
    method: string,
    path: string,
    { body, type = 'application/json', headers = {} }: AdminCall = {},
  ): Promise<ReadAnswer> {
    return get(this.#api + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body !== undefined && { 'content-type': type }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
    })
  }

  /** Registers a client and expects that it works. */
  async create(
    over: Readonly<Record<string, unknown>> = {},
  ): Promise<ShownClient & { readonly client_secret: string }> {
    const answer = await this.call('POST', CLIENTS, { body: { client_name: 'a service', scope: 'a b', ...over } })
    return whenAnswered(201, answer) as unknown as ShownClient & { readonly client_secret: string }
  }

  async read(id: string): Promise<ShownClient> {
    return whenAnswered(200, await this.call('GET', `${CLIENTS}/${id}`)) as unknown as ShownClient
  }

  patch(id: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<ReadAnswer> {
    return this.call('PATCH', `${CLIENTS}/${id}`, { body, type: 'application/merge-patch+json', headers })
  }

  delete(id: string, headers: Readonly<Record<string, string>> = {}): Promise<ReadAnswer> {
    return this.call('DELETE', `${CLIENTS}/${id}`, { headers })
  }

  rotate(id: string, graceSeconds: number): Promise<ReadAnswer> {
    return this.call('POST', `${CLIENTS}/${id}/rotate-secret`, { body: { grace_seconds: graceSeconds } })
  }
}

/** The body of an answer that must have this status. */
function whenAnswered(expected: number, { status, json, text }: ReadAnswer): ReadAnswer['json'] {
  if (status !== expected) throw new Error(`answered ${status} instead of ${expected}: ${text}`)
  return json
}

const isRaw = (body: unknown): body is string | Buffer<ArrayBuffer> => typeof body === 'string' || Buffer.isBuffer(body)

/** An administrator with these scopes, who was registered by the operator. */
export async function administrator(
  database: ServiceDatabase,
  service: RunningService,
  scope = 'admin:services',
): Promise<AdminApi> {
  return AdminApi.as(await database.register({ name: 'an administrator', scope }), service)
}

/** What a client presents at the token endpoint that the API has shown. */
export const credentials = ({ client_id: id, client_secret: secret = '' }: ShownClient): RegisteredClient => ({
  id,
  secret,
})
