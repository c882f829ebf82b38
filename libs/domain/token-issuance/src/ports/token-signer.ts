import type { AccessTokenClaims } from '../access-token-claims.ts'

/** Signs access tokens with the key that is active now. Safe for concurrent calls. */
export interface TokenSigner {
  /**
   * `claims` as a JWS in compact form, header exactly `{alg, typ: "at+jwt", kid}`. The key is one that the service
   * publishes at this moment.
   * @throws {SigningKeyUnavailable} there is no active key to sign with
   * @throws {Unavailable} it cannot be found out which key is active
   */
  sign(claims: AccessTokenClaims): Promise<string>
}
