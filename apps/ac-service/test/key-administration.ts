import { decodeProtectedHeader } from 'jose'
import type { RegisteredClient } from './registered-client.ts'
import type { ServiceDatabase } from './service-database.ts'
import { get, requestToken, type ReadAnswer } from './token-request.ts'

/** The scope of whoever rotates keys on schedule. */
export const SCHEDULED = 'service.rotate-keys.ac'
/** The scope of whoever may force a rotation, and revoke keys. */
export const FORCED = 'admin.force-rotate-keys.ac'

/** A token of `client` with these scopes, or with all that it has at the default audience. */
export async function tokenOf(api: string, client: RegisteredClient, scope?: string): Promise<string> {
  const { json } = await requestToken(api, client, scope === undefined ? {} : { parameters: { scope } })
  if (typeof json['access_token'] !== 'string') throw new Error('there was no token')
  return json['access_token']
}

/** Which key signs at `api` now. */
export const signingKid = async (api: string, client: RegisteredClient): Promise<string> =>
  decodeProtectedHeader(await tokenOf(api, client)).kid ?? ''

/** Posts without a body, unless `init` has one. */
const post = (url: string, token: string, init: RequestInit = {}): Promise<ReadAnswer> =>
  get(url, { method: 'POST', ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })

export const rotateKeys = (api: string, token: string, init?: RequestInit): Promise<ReadAnswer> =>
  post(`${api}/internal/rotate-keys`, token, init)

export const revokeKey = (api: string, token: string, kid: string, init?: RequestInit): Promise<ReadAnswer> =>
  post(`${api}/api/v1/admin/keys/${kid}/revoke`, token, init)

export const listKeys = (api: string, token: string, query = ''): Promise<ReadAnswer> =>
  get(`${api}/api/v1/admin/keys${query}`, { headers: { authorization: `Bearer ${token}` } })

/** The kids that are published at `api`. */
export const publishedKids = async (api: string): Promise<readonly string[]> =>
  ((await get(`${api}/.well-known/jwks.json`)).json['keys'] as { kid: string }[]).map(({ kid }) => kid)

/** Makes every key so much older, `6 days`, by the database's clock. */
export const ageKeys = (database: ServiceDatabase, interval: string): Promise<unknown> =>
  database.query(
    `update signing_keys set created_at = created_at - $1::interval, activated_at = activated_at - $1::interval`,
    [interval],
  )
