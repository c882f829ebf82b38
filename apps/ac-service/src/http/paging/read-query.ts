import type { FastifyRequest } from 'fastify'
import { InvalidRequest } from '../errors/request-errors.ts'
import { parseParameters } from '../form/parse-form.ts'

/**
 * The query parameters of a request, read as strictly as a form: decoded once, each at most once, and none that the
 * handler does not know, since one that is overlooked (`dry_run`, a filter) would be believed to have had its effect.
 * @throws {InvalidRequest} malformed, repeated or unknown
 */
export function readQuery({ raw }: FastifyRequest, known: readonly string[]): ReadonlyMap<string, string> {
  const target = raw.url ?? ''
  const query = parseParameters(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '')
  for (const name of query.keys()) {
    if (!known.includes(name)) throw new InvalidRequest(`the query parameters here are: ${known.join(', ') || 'none'}`)
  }
  return query
}

/**
 * Refuses every query, for a handler that knows no parameter.
 * @throws {InvalidRequest} there is one
 */
export const refuseQuery = (request: FastifyRequest): void => void readQuery(request, [])
