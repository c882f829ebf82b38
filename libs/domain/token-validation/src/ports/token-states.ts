import type { ClientId, KeyId, TokenId } from '@ac/kernel'

/** By what a token is looked up: its id, whom it was issued to, and the key that signed it. */
export interface TokenReference {
  readonly id: TokenId
  readonly clientId: ClientId
  readonly keyId: KeyId
}

/** What has become of a token since it was signed. */
export interface TokenState {
  /** This very token is revoked. */
  readonly revoked: boolean
  /** Its key is revoked. Replicas hear of that at different moments; here it holds from the commit on. */
  readonly keyRevoked: boolean
  /** `undefined`: no such client is registered any more. */
  readonly client: { readonly disabled: boolean } | undefined
  /**
   * Tokens that were issued before this moment are revoked: the client's, or everybody's, whichever is later. A whole
   * second, as `iat` is; `undefined` when there was no such act.
   */
  readonly notBefore: Date | undefined
}

/**
 * Knows what has become of tokens. Never cached: a call sees everything that was committed before it.
 * Concurrent calls are the rule, and may share a round trip.
 */
export interface TokenStates {
  /**
   * The state of one token. Ids that nobody has are no error: their token is not revoked, their client not registered.
   * @throws {Overloaded} too many wait already
   * @throws {Unavailable} the storage does not answer
   */
  read(token: TokenReference): Promise<TokenState>
}
