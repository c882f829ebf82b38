import type { RegisteredClient } from '@ac/testbed'
import type { LoadRequest } from './leg.ts'

/** A token request as a service sends it. */
export const tokenRequest = (client: RegisteredClient): LoadRequest =>
  formRequest(client, 'grant_type=client_credentials')

/** An introspection of `token` by `client`. */
export const introspectionRequest = (client: RegisteredClient, token: string): LoadRequest =>
  formRequest(client, `token=${token}`)

const formRequest = ({ client_id, client_secret }: RegisteredClient, body: string): LoadRequest => ({
  method: 'POST',
  headers: {
    authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body,
})

export const GET: LoadRequest = { method: 'GET', headers: {} }
