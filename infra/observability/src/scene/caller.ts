import type { RegisteredClient } from '@ac/testbed'

const TIME_OUT_MS = 10_000

/** Somebody who sends requests to the replicas in turn, and reads each answer to its end. */
export class Caller {
  readonly #apis: readonly string[]
  #turn = 0

  /** @param apis base URLs without a slash at their ends */
  constructor(apis: readonly string[]) {
    this.#apis = apis
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Headers> {
    return (await this.#send(path, { headers })).headers
  }

  /** Posts a form as a client. */
  postForm(path: string, client: RegisteredClient, form: Readonly<Record<string, string>>): Promise<Reply> {
    return this.#send(path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { authorization: basic(client) },
    })
  }

  /** Sends JSON, or nothing, with a token. */
  withToken(method: string, path: string, token: string, body?: object): Promise<Reply> {
    return this.#send(path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  /** @throws {Error} there is none, or no answer */
  async token(client: RegisteredClient, scope?: string): Promise<string> {
    const form = { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }
    const { json } = await this.postForm('/oauth2/token', client, form)
    const token = json['access_token']
    if (typeof token !== 'string') throw new Error(`no token: ${String(json['error'])}`)
    return token
  }

  async #send(path: string, init: RequestInit): Promise<Reply> {
    this.#turn += 1
    const api = this.#apis[this.#turn % this.#apis.length] ?? ''
    const answer = await fetch(api + path, { ...init, signal: AbortSignal.timeout(TIME_OUT_MS) })
    const text = await answer.text()
    const isJson = text !== '' && answer.headers.get('content-type')?.includes('json') === true
    return { headers: answer.headers, json: isJson ? (JSON.parse(text) as Reply['json']) : {} }
  }
}

/** An answer, whatever its status. */
export interface Reply {
  readonly headers: Headers
  readonly json: Readonly<Record<string, unknown>>
}

const basic = ({ client_id, client_secret }: RegisteredClient): string =>
  `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
