export { administeringClient, OPERATOR, type Administrator } from './administration/administrator.ts'
export {
  ClientAdministrator,
  type AdministrativeAct,
  type ClientAdministratorDeps,
} from './administration/client-administrator.ts'
export { ClientChanged } from './administration/client-changed.ts'
export type { ClientPatch } from './administration/client-patch.ts'
export { InvalidGrace, MAX_GRACE_SECONDS } from './administration/invalid-grace.ts'
export { PrivilegeMissing } from './administration/privilege-missing.ts'
export { representRotation, type RotationRepresentation } from './administration/rotation-representation.ts'
export { SecretRotationPending } from './administration/secret-rotation-pending.ts'
export { SecretRotator, type Rotation, type SecretRotatorDeps } from './administration/secret-rotator.ts'
export { ServiceRegistrar, type ServiceRegistrarDeps, type ServiceType } from './administration/service-registrar.ts'
export { UnknownSecret } from './administration/unknown-secret.ts'
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
export { JWKS_RULE, type CheckedClientMetadata, type ClientMetadata } from './client-metadata.ts'
export { ClientRegistrar, type ClientRegistrarDeps, type Registration } from './client-registrar.ts'
export { ClientRejected, type RejectionReason } from './client-rejected.ts'
export {
  representClient,
  type ClientRepresentation,
  type RepresentableClient,
  type SecretRepresentation,
} from './client-representation.ts'
export { representRegistration, type RegistrationRepresentation } from './registration-representation.ts'
export { generateClientSecret, isClientSecret } from './client-secret-format.ts'
export { ForeignMacCensus } from './foreign-mac-census.ts'
export { InvalidClientMetadata } from './invalid-client-metadata.ts'
export type { ClientChange, ClientPosition, ClientRegistry, SecretChanges } from './ports/client-registry.ts'
export type { ClientSecretStore } from './ports/client-secret-store.ts'
export type { FailedAuthentication, FailureLimiter, FailureLimits } from './ports/failure-limiter.ts'
export type { RandomBytes } from './ports/random-bytes.ts'
export type { SecretHasher } from './ports/secret-hasher.ts'
export type { SecretMacMaker } from './ports/secret-mac-maker.ts'
export {
  ThrottledClientAuthenticator,
  type ThrottledClientAuthenticatorDeps,
} from './throttled-client-authenticator.ts'
export { USE_RESOLUTION_SECONDS, type SecretUseRecorder } from './ports/secret-use-recorder.ts'
export { UnknownClient } from './unknown-client.ts'
