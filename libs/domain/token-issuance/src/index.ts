export type { AccessTokenClaims } from './access-token-claims.ts'
export { decideGrant, type Audiences, type Grant, type RequestedGrant } from './decide-grant.ts'
export { InvalidScope } from './invalid-scope.ts'
export { InvalidTarget } from './invalid-target.ts'
export { isOwnScope, OWN_SCOPES } from './own-scopes.ts'
export type { ClientAuthentication, Grantee } from './ports/client-authentication.ts'
export type { NewTokenId } from './ports/new-token-id.ts'
export type { TokenSigner } from './ports/token-signer.ts'
export { SigningKeyUnavailable } from './signing-key-unavailable.ts'
export {
  TokenIssuer,
  type IssuedToken,
  type TokenIssuerDeps,
  type TokenPolicy,
  type TokenRequest,
} from './token-issuer.ts'
