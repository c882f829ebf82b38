import type { FastifyRequest } from 'fastify'
import { InvalidRequest } from '../errors/request-errors.ts'

/** Headers that mean nothing good when they come twice: Node keeps one of them without a word. */
const SINGLE = new Set(['host', 'authorization', 'content-type'])

/**
 * Refuses requests that two readers could understand differently, before anything else looks at them.
 * @throws {InvalidRequest} a header that may come once comes twice, or `Host` not at all (RFC 9112 section 3.2)
 */
export function refuseBadFraming({ raw }: FastifyRequest): void {
  const seen = new Set<string>()
  for (let index = 0; index < raw.rawHeaders.length; index += 2) {
    const name = raw.rawHeaders[index]?.toLowerCase() ?? ''
    if (!SINGLE.has(name)) continue
    if (seen.has(name)) throw new InvalidRequest('a header that may come once only is repeated')
    seen.add(name)
  }
  if (!seen.has('host') && raw.httpVersion !== '1.0') throw new InvalidRequest('the Host header is missing')
}
