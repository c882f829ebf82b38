import type { Schema } from '../operation.ts'

const kid = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' }
const time = { type: 'string', format: 'date-time' }
const timeOrNull = { type: ['string', 'null'], format: 'date-time' }

/** Where a signing key stands in its life. */
export const SIGNING_KEY: Schema = {
  type: 'object',
  required: ['kid', 'status', 'alg', 'created_at', 'activated_at', 'retires_at'],
  additionalProperties: false,
  properties: {
    kid: { ...kid, description: 'The thumbprint of RFC 7638.' },
    status: {
      enum: ['next', 'active', 'retiring', 'revoked'],
      description: 'Waits, signs, signs no more but is published until `retires_at`, or is trusted no more.',
    },
    alg: { const: 'EdDSA' },
    created_at: { ...time, description: 'When it was published first.' },
    activated_at: { ...timeOrNull, description: 'When it began to sign.' },
    retires_at: { ...timeOrNull, description: 'When it leaves the key set, or left it by being revoked.' },
  },
}

/** A rotation that took place. */
export const ROTATION: Schema = {
  type: 'object',
  required: ['rotated', 'new_key_id', 'old_key_id', 'old_key_valid_until'],
  additionalProperties: false,
  properties: {
    rotated: { const: true },
    new_key_id: { ...kid, description: 'The key that signs from now on.' },
    old_key_id: {
      ...kid,
      type: ['string', 'null'],
      description: 'The key that signed before; null only if none did, after keys were changed by hand.',
    },
    old_key_valid_until: { ...timeOrNull, description: 'Until when tokens that the old key signed verify.' },
  },
}
