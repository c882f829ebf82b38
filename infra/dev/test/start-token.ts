import type { Announced } from './start-process.ts'

/** Asks for a token with the announced credentials. */
export const requestToken = ({ api, clientId, clientSecret }: Announced): Promise<Response> =>
  fetch(`${api}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })

/** The ids of the published keys. */
export async function publishedKids({ api }: Announced): Promise<readonly string[]> {
  const { keys } = (await (await fetch(`${api}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}
