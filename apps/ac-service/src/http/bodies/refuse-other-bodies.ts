import type { FastifyReply, FastifyRequest } from 'fastify'
import { UnsupportedMediaType } from '../errors/request-errors.ts'
import { MEDIA_TYPES } from './media-types.ts'
import { takenUnlessSaid } from './takes.ts'

/**
 * Refuses a body that its route does not take, before a byte of it is read: no JSON where a form belongs, no form where
 * JSON does, no encoding anywhere, and nothing at all where a body has no meaning. The answer says what would be taken
 * (`Accept`, RFC 9110 section 15.5.16; `Accept-Patch`, RFC 5789 section 2.2).
 * @throws {UnsupportedMediaType} it is of another type, of none, or encoded
 */
export function refuseOtherBodies(request: FastifyRequest, reply: FastifyReply): void {
  if (request.is404) return
  const { 'content-type': type, 'content-encoding': encoding } = request.headers
  const kinds = request.routeOptions.config.takes ?? takenUnlessSaid(request.method)
  const encoded = encoding !== undefined && encoding.toLowerCase() !== 'identity'
  const typed = type !== undefined && kinds.some((kind) => MEDIA_TYPES[kind].pattern.test(type))
  // Some callers name a type although they send nothing: that harms only where something was to come.
  const expected = hasBody(request) || (type !== undefined && kinds.length > 0)
  if (!encoded && (typed || !expected)) return
  const names = kinds.map((kind) => MEDIA_TYPES[kind].name)
  if (names.length > 0) void reply.header(request.method === 'PATCH' ? 'accept-patch' : 'accept', names.join(', '))
  throw new UnsupportedMediaType(names)
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}
