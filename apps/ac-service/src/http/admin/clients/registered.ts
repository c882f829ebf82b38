import { representRegistration, type Registration, type RegistrationRepresentation } from '@ac/client-validation'
import type { FastifyReply } from 'fastify'
import { entityTag } from '../entity-tag.ts'

/** Where clients are. */
export const CLIENTS = '/api/v1/admin/clients'

/** Answers a registration: where the client is, at which version, and the one and only sight of its secret. */
export function answerRegistration(reply: FastifyReply, registration: Registration): RegistrationRepresentation {
  const { id, version } = registration.client
  void reply.header('location', `${CLIENTS}/${id}`).header('etag', entityTag(version))
  return representRegistration(registration)
}
