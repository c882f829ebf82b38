import type { FastifyRequest } from 'fastify'
import { InvalidRequest } from '../errors/request-errors.ts'
import { JsonFields, type RefuseField } from './json-fields.ts'
import { parseJsonObject } from './parse-json-object.ts'

const NOTHING = new Uint8Array()

/** How a field is refused that is no metadata of a client: the whole request is (RFC 6749 section 5.2). */
export const refuseRequest: RefuseField = (field, rule) => new InvalidRequest(`${field}: ${rule}`)

/**
 * The fields of the JSON object in the body of a request to a handler that takes JSON.
 * @param refuse makes the error for a field that is not right
 * @throws {InvalidRequest} there is no body, or it is no JSON object; see {@link parseJsonObject}
 */
export function readJson({ body }: FastifyRequest, refuse: RefuseField = refuseRequest): JsonFields {
  return new JsonFields(parseJsonObject(body instanceof Uint8Array ? body : NOTHING), refuse)
}

/**
 * For a handler that need not be told anything: no body at all, or an empty one, or an empty object.
 * @throws {InvalidRequest} there is a field, or anything else
 */
export function readNothing(request: FastifyRequest): void {
  readOptionalJson(request).only([])
}

/**
 * As {@link readJson}, for a handler all of whose fields have defaults: no body at all is an empty object.
 * @throws {InvalidRequest} see {@link readJson}
 */
export function readOptionalJson(request: FastifyRequest, refuse?: RefuseField): JsonFields {
  const { body } = request
  // A type without a body gives an empty one.
  const empty = !(body instanceof Uint8Array) || body.length === 0
  return empty ? new JsonFields(new Map(), refuse ?? refuseRequest) : readJson(request, refuse)
}
