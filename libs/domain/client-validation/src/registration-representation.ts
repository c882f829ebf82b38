import type { Registration } from './client-registrar.ts'
import { representClient, type ClientRepresentation } from './client-representation.ts'

/** A new client as JSON, with the one and only sight of its secret. */
export interface RegistrationRepresentation extends ClientRepresentation {
  readonly client_secret: string
}

/**
 * A new client as the admin API and `acctl --json` show it. Made of what was registered, not of what is read back: if that
 * failed, the secret would be lost.
 */
export function representRegistration({ client, secretId, secret }: Registration): RegistrationRepresentation {
  const life = { id: secretId, createdAt: client.createdAt, expiresAt: undefined, lastUsedAt: undefined }
  return { ...representClient({ client, secrets: [life] }), client_secret: secret.reveal() }
}
