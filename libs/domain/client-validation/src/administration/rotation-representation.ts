import type { ClientId } from '@ac/kernel'
import type { Rotation } from './secret-rotator.ts'

/** A rotation as JSON: the one and only sight of the new secret. */
export interface RotationRepresentation {
  readonly client_id: string
  readonly client_secret: string
  /** RFC 3339 in UTC; `null` when there was no live secret before. */
  readonly previous_secret_expires_at: string | null
}

/** A rotation as the admin API and `acctl --json` show it. */
export const representRotation = (id: ClientId, { secret, previousExpiresAt }: Rotation): RotationRepresentation => ({
  client_id: id,
  client_secret: secret.reveal(),
  previous_secret_expires_at: previousExpiresAt?.toISOString() ?? null,
})
