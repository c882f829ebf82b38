export { AUDIT_EVENT_TYPES, NO_ORIGIN, type AuditEvent, type AuditEventType, type Origin } from './audit-event.ts'
export type { AuditTrail } from './audit-trail.ts'
export type { Clock } from './clock.ts'
export { DomainError } from './domain-error.ts'
export {
  clientId,
  keyId,
  secretId,
  tokenId,
  type Branded,
  type ClientId,
  type KeyId,
  type SecretId,
  type TokenId,
} from './ids.ts'
export type { Log, LogFields } from './log.ts'
export { Overloaded } from './overloaded.ts'
export { formatScope, MAX_SCOPE_LENGTH, parseScope, type Scope } from './scope.ts'
export { Secret } from './secret.ts'
export { Unavailable } from './unavailable.ts'
