import type { Rotation } from './key-rotator.ts'

/** A rotation as JSON. Times are RFC 3339 in UTC. */
export interface RotationRepresentation {
  readonly rotated: true
  readonly new_key_id: string
  /** `null`, like its time, if no key signed before. */
  readonly old_key_id: string | null
  readonly old_key_valid_until: string | null
}

/** A rotation as the API and `acctl --json` tell of it. */
export const representRotation = ({ newKeyId, oldKeyId, oldKeyValidUntil }: Rotation): RotationRepresentation => ({
  rotated: true,
  new_key_id: newKeyId,
  old_key_id: oldKeyId ?? null,
  old_key_valid_until: oldKeyValidUntil?.toISOString() ?? null,
})
