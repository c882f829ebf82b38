import type { RegisteredClient } from './registered-client.ts'
import { basic, postForm, requestToken, type ReadAnswer } from './token-request.ts'

/** Asks about `token`, as `client`, by `client_secret_basic`. */
export const introspect = (
  api: string,
  client: RegisteredClient,
  token: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<ReadAnswer> =>
  postForm(`${api}/oauth2/introspect`, new URLSearchParams({ token, ...parameters }), { authorization: basic(client) })

/** Revokes `token`, as `client`, by `client_secret_basic`. */
export const revoke = (
  api: string,
  client: RegisteredClient,
  token: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<ReadAnswer> =>
  postForm(`${api}/oauth2/revoke`, new URLSearchParams({ token, ...parameters }), { authorization: basic(client) })

/** What the answer to {@link introspect} says; fails when that is no 200. */
export async function isActive(api: string, client: RegisteredClient, token: string): Promise<boolean> {
  const { status, json } = await introspect(api, client, token)
  if (status !== 200) throw new Error(`the answer is ${String(status)}`)
  return json['active'] === true
}

/** A new token of `client`. */
export async function tokenOf(
  api: string,
  client: RegisteredClient,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { json } = await requestToken(api, client, { parameters })
  return json['access_token'] as string
}
