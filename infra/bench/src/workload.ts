import type { LoadRequest } from './leg.ts'

/** A client that the bench registered. */
export interface BenchClient {
  readonly client_id: string
  readonly client_secret: string
}

/** A token request as a service sends it. */
export const tokenRequest = ({ client_id, client_secret }: BenchClient): LoadRequest => ({
  method: 'POST',
  headers: {
    authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: 'grant_type=client_credentials',
})

export const GET: LoadRequest = { method: 'GET', headers: {} }
