import { ISSUER } from './service-environment.ts'

/**
 * A `fetch` that finds the issuer's host at `api`, as a client does whose TLS ends at a proxy in front of the service.
 * It goes nowhere else.
 */
export const fetchAt =
  (api: string) =>
  (url: string | URL, init?: object): Promise<Response> => {
    const target = String(url)
    if (!target.startsWith(`${ISSUER}/`)) throw new Error('the client asks for something outside of the issuer')
    return fetch(api + target.slice(ISSUER.length), init)
  }
