export { AuthenticationThrottled } from './authentication-throttled.ts'
export {
  MAX_LIVE_SECRETS,
  type Client,
  type ClientAuthMethod,
  type ClientSecret,
  type ClientWithSecrets,
  type SecretMac,
} from './client.ts'
export { ClientAuthenticator, type ClientAuthenticatorDeps, type ClientCredentials } from './client-authenticator.ts'
export { ClientExists } from './client-exists.ts'
export { generateClientId, parseClientId } from './client-id-format.ts'
export type { CheckedClientMetadata, ClientMetadata } from './client-metadata.ts'
export { ClientRegistrar, type ClientRegistrarDeps, type Registration } from './client-registrar.ts'
export { ClientRejected, type RejectionReason } from './client-rejected.ts'
export {
  representClient,
  type ClientRepresentation,
  type RepresentableClient,
  type SecretRepresentation,
} from './client-representation.ts'
export { generateClientSecret, isClientSecret } from './client-secret-format.ts'
export { ForeignMacCensus } from './foreign-mac-census.ts'
export { InvalidClientMetadata } from './invalid-client-metadata.ts'
export type { ClientPosition, ClientRegistry } from './ports/client-registry.ts'
export type { ClientSecretStore } from './ports/client-secret-store.ts'
export type { FailedAuthentication, FailureLimiter, FailureLimits } from './ports/failure-limiter.ts'
export type { RandomBytes } from './ports/random-bytes.ts'
export type { SecretHasher } from './ports/secret-hasher.ts'
export type { SecretMacMaker } from './ports/secret-mac-maker.ts'
export {
  ThrottledClientAuthenticator,
  type ThrottledClientAuthenticatorDeps,
} from './throttled-client-authenticator.ts'
