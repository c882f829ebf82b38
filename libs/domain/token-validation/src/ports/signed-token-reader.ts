import type { KeyId } from '@ac/kernel'

/** What one of our keys has signed. */
export interface SignedToken {
  readonly keyId: KeyId
  /** The claims set as it was signed (RFC 7519 section 4): parsed JSON of which nothing is checked. */
  readonly claims: unknown
}

/** Tells what one of our keys has signed from everything else. Safe for concurrent calls. */
export interface SignedTokenReader {
  /**
   * Reads a JWS in compact form (RFC 7515 section 7.1) exactly as our signer writes it: other spellings of the same bytes
   * are rejected, so that one token has one text. Its key is one that the service publishes at this moment.
   * @param token untrusted; anything at all
   * @throws {TokenRejected} `malformed`: another form, header or length; `unknown_key`: the key is not published;
   * `bad_signature`
   */
  read(token: string): Promise<SignedToken>
}
