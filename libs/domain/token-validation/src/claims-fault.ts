import type { TokenRejectionReason } from './token-rejected.ts'
import type { ValidToken } from './valid-token.ts'

/** The deployment's rules for what a token must say. */
export interface ValidationPolicy {
  /** The `iss` that a token must have, character by character. */
  readonly issuer: string
  /** How far the clock of whoever issued a token may be off from ours, in seconds. */
  readonly clockSkewSeconds: number
}

/** What is wrong with what a token says, at the moment `now`; `undefined` when nothing is. */
export function claimsFault(
  { issuer, issuedAt, expiresAt }: Pick<ValidToken, 'issuer' | 'issuedAt' | 'expiresAt'>,
  policy: ValidationPolicy,
  now: Date,
): TokenRejectionReason | undefined {
  const skewMs = policy.clockSkewSeconds * 1000
  if (issuer !== policy.issuer) return 'wrong_issuer'
  if (issuedAt.getTime() - skewMs > now.getTime()) return 'issued_in_the_future'
  if (expiresAt.getTime() + skewMs <= now.getTime()) return 'expired'
  return undefined
}
