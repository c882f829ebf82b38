import type { RegisteredClient } from './registered-client.ts'

/** An answer, read to its end. */
export interface ReadAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body. */
  readonly json: Readonly<Record<string, unknown>>
}

/** What a token request may differ in. */
export interface TokenRequestOptions {
  readonly parameters?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** The value of an `Authorization` header of the Basic scheme. Neither half needs form-encoding. */
export const basic = ({ id, secret }: RegisteredClient): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

/** Asks for a token by `client_secret_basic`. */
export const requestToken = (
  api: string,
  client: RegisteredClient,
  { parameters = {}, headers = {} }: TokenRequestOptions = {},
): Promise<ReadAnswer> =>
  post(api, new URLSearchParams({ grant_type: 'client_credentials', ...parameters }), {
    authorization: basic(client),
    ...headers,
  })

/** Posts a form to the token endpoint. */
export const post = (
  api: string,
  form: URLSearchParams | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadAnswer> => postForm(`${api}/oauth2/token`, form, headers)

/** Posts a form to whatever is at `url`. */
export async function postForm(
  url: string,
  form: URLSearchParams | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadAnswer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: form.toString(),
  })
  return read(answer)
}

/** Fetches and reads whatever is at `url`. */
export const get = async (url: string, init: RequestInit = {}): Promise<ReadAnswer> => read(await fetch(url, init))

async function read(answer: Response): Promise<ReadAnswer> {
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') && text !== ''
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
  return { status: answer.status, headers: answer.headers, text, json }
}
