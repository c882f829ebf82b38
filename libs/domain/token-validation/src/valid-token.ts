import type { Scope } from '@ac/kernel'
import type { TokenReference } from './ports/token-states.ts'

/** What a token says (RFC 9068 section 2.2). {@link TokenVerifier} gives it out once everything about it was checked. */
export interface ValidToken extends TokenReference {
  readonly issuer: string
  readonly audience: string
  readonly scopes: readonly Scope[]
  /** A whole second, like `expiresAt`. */
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly serviceType: string | undefined
  readonly region: string | undefined
}
