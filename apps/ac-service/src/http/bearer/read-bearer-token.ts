import { TokenRejected } from '@ac/token-validation'
import type { FastifyRequest } from 'fastify'
import { NoBearerToken, SecondBearerToken } from './bearer-errors.ts'

const SCHEME = /^bearer(?: |$)/i
/** Exactly the `b64token` of RFC 6750 section 2.1. */
const CREDENTIALS = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i
/** Section 2.3 allows that, and RFC 9700 section 4.3.2 says why nobody should. */
const IN_QUERY = /[?&]access_token(?:[=&]|$)/

/**
 * Finds the bearer token of a request, in its one `Authorization` header and nowhere else: never in the query, which logs
 * and histories keep, nor in a form (RFC 6750 section 2.1). Nothing of it is trusted yet.
 * @throws {NoBearerToken} no such header, or one of another scheme
 * @throws {SecondBearerToken} there is another one in the query
 * @throws {TokenRejected} `malformed`: of this scheme, but no token
 */
export function readBearerToken({ raw, headers }: Pick<FastifyRequest, 'raw' | 'headers'>): string {
  const { authorization } = headers
  if (authorization === undefined || !SCHEME.test(authorization)) throw new NoBearerToken()
  if (IN_QUERY.test(raw.url ?? '')) throw new SecondBearerToken()
  const token = CREDENTIALS.exec(authorization)?.[1]
  if (token === undefined) throw new TokenRejected('malformed')
  return token
}
