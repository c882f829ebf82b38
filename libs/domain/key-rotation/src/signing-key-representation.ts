import type { SigningKey, SigningKeyStatus } from './signing-key.ts'

/** A signing key as JSON. What is absent is `null`; times are RFC 3339 in UTC. */
export interface SigningKeyRepresentation {
  readonly kid: string
  readonly status: SigningKeyStatus
  /** The JWS algorithm that it signs by (RFC 8037). */
  readonly alg: 'EdDSA'
  readonly created_at: string
  readonly activated_at: string | null
  readonly retires_at: string | null
}

/** A signing key as the admin API and `acctl --json` show it. Holds no key material, sealed or not. */
export const representSigningKey = (key: SigningKey): SigningKeyRepresentation => ({
  kid: key.kid,
  status: key.status,
  alg: 'EdDSA',
  created_at: key.createdAt.toISOString(),
  activated_at: key.activatedAt?.toISOString() ?? null,
  retires_at: key.retiresAt?.toISOString() ?? null,
})
