import type { RegisteredClient } from '@ac/testbed'
import type { LoadRequest } from './leg.ts'

/** A token request as a service sends it. */
export const tokenRequest = ({ client_id, client_secret }: RegisteredClient): LoadRequest => ({
  method: 'POST',
  headers: {
    authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: 'grant_type=client_credentials',
})

export const GET: LoadRequest = { method: 'GET', headers: {} }
