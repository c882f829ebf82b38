import type { FastifyRequest } from 'fastify'
import { parseForm } from './parse-form.ts'

const NOTHING = new Uint8Array()

/**
 * The form in the body of a request; empty when there is no body.
 * @throws {InvalidRequest} see {@link parseForm}
 */
export const readForm = ({ body }: FastifyRequest): ReadonlyMap<string, string> =>
  parseForm(body instanceof Uint8Array ? body : NOTHING)
