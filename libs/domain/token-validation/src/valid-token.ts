import type { ClientId, KeyId, Scope, TokenId } from '@ac/kernel'

/** What a token says, once everything about it was checked. */
export interface ValidToken {
  readonly id: TokenId
  /** The key that signed it. */
  readonly keyId: KeyId
  readonly issuer: string
  /** Whom it was issued to. */
  readonly clientId: ClientId
  readonly audience: string
  readonly scopes: readonly Scope[]
  readonly issuedAt: Date
  readonly expiresAt: Date
}
