import type { AuditEventReader } from '@ac/audit'
import type {
  ClientAdministrator,
  ClientRegistrar,
  ClientRegistry,
  ForeignMacCensus,
  SecretRotator,
  ServiceRegistrar,
  ThrottledClientAuthenticator,
} from '@ac/client-validation'
import type { AuditTrail, Clock, Log } from '@ac/kernel'
import type { KeyInitialiser, KeyRevoker, KeyRing, KeyRotator, SigningKeyStore } from '@ac/key-rotation'
import type { TokenIssuer, TokenSigner } from '@ac/token-issuance'
import type { AccessAuthorizer, TokenIntrospector, TokenRevoker, TokenVerifier } from '@ac/token-validation'
import type { Cursors } from '../http/paging/cursors.ts'
import type { OriginReader } from '../http/requests/origin-reader.ts'
import type { RouteTable } from '../http/requests/route-table.ts'
import type { KeyChanges } from '../lifecycle/key-changes.ts'
import type { Storage } from '../lifecycle/storage.ts'
import type { Readiness } from '../lifecycle/readiness.ts'
import type { MetricsPage } from '../management/metrics-page.ts'
import { token } from './provide.ts'

/** What the rest of the app may ask for. Adapters have tokens of their own, inside the composition only. */
export const ACCESS_AUTHORIZER = token<AccessAuthorizer>('AccessAuthorizer')
export const AUDIT_EVENT_READER = token<AuditEventReader>('AuditEventReader')
export const AUDIT_TRAIL = token<AuditTrail>('AuditTrail')
export const CLIENT_ADMINISTRATOR = token<ClientAdministrator>('ClientAdministrator')
/** Authenticates the clients of every endpoint that needs one; failures are limited over all of them together. */
export const CLIENT_AUTHENTICATOR = token<Pick<ThrottledClientAuthenticator, 'authenticate'>>('ClientAuthenticator')
export const CLIENT_REGISTRAR = token<ClientRegistrar>('ClientRegistrar')
export const CLIENT_REGISTRY = token<ClientRegistry>('ClientRegistry')
export const CLOCK = token<Clock>('Clock')
export const CURSORS = token<Cursors>('Cursors')
export const FOREIGN_MAC_CENSUS = token<ForeignMacCensus>('ForeignMacCensus')
export const ISSUER = token<string>('Issuer')
export const JWKS_MAX_AGE_SECONDS = token<number>('JwksMaxAgeSeconds')
export const KEY_CHANGES = token<KeyChanges>('KeyChanges')
export const KEY_INITIALISER = token<KeyInitialiser>('KeyInitialiser')
export const KEY_RING = token<KeyRing>('KeyRing')
export const KEY_REVOKER = token<KeyRevoker>('KeyRevoker')
export const KEY_ROTATOR = token<Pick<KeyRotator, 'rotate'>>('KeyRotator')
export const LOG = token<Log>('Log')
export const METRICS = token<MetricsPage>('Metrics')
export const ORIGIN_READER = token<OriginReader>('OriginReader')
export const READINESS = token<Readiness>('Readiness')
/** Names to callers what they authenticate for (RFC 9110 section 11.5). */
export const REALM = token<string>('Realm')
export const ROUTES = token<RouteTable>('RouteTable')
export const SECRET_ROTATOR = token<SecretRotator>('SecretRotator')
export const SERVICE_REGISTRAR = token<ServiceRegistrar>('ServiceRegistrar')
export const SIGNING_KEYS = token<Pick<SigningKeyStore, 'read'>>('SigningKeys')
export const STORAGE = token<Storage>('Storage')
export const TOKEN_INTROSPECTOR = token<TokenIntrospector>('TokenIntrospector')
export const TOKEN_ISSUER = token<Pick<TokenIssuer, 'issue'>>('TokenIssuer')
export const TOKEN_REVOKER = token<TokenRevoker>('TokenRevoker')
export const TOKEN_SIGNER = token<TokenSigner>('TokenSigner')
export const TOKEN_VERIFIER = token<Pick<TokenVerifier, 'verify'>>('TokenVerifier')
