/** How an act ended: as asked, refused because of what was asked or by whom, or failed for a fault of ours. */
export const OUTCOMES = ['success', 'refused', 'failure'] as const

export const GRANT_TYPES = ['client_credentials', 'other'] as const

/** Routes, by their path; those of the admin API by the path of their collection. */
export const ENDPOINTS = [
  '/oauth2/token',
  '/oauth2/introspect',
  '/oauth2/revoke',
  '/.well-known/jwks.json',
  '/.well-known/oauth-authorization-server',
  '/internal/rotate-keys',
  '/api/v1/admin/clients',
  '/api/v1/admin/keys',
  '/api/v1/admin/audit-events',
  'other',
] as const

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'] as const

/** The statuses that tell an operator something by themselves; the others are told apart by `ac_errors_total`. */
export const STATUS_CODES = ['200', '304', '400', '401', '403', '404', '429', '500', '503', 'other'] as const

/** What whoever asked was about. */
export const OPERATIONS = [
  'token_issuance',
  'token_introspection',
  'token_revocation',
  'key_publication',
  'key_rotation',
  'key_administration',
  'client_administration',
  'audit_reading',
  'background',
  'other',
] as const

/** What kind of error it was; the first five are the caller's. */
export const ERROR_CATEGORIES = [
  'invalid_request',
  'authentication',
  'authorization',
  'not_found',
  'throttled',
  'overloaded',
  'database',
  'signing_key',
  'other',
] as const

/** Why a client did not prove who it is. */
export const AUTH_FAILURE_REASONS = [
  'no_credentials',
  'unknown_client',
  'wrong_secret',
  'expired_secret',
  'disabled',
  'other',
] as const

/** What is wrong with a token, or what kept it from being looked at. */
export const VALIDATION_ERRORS = [
  'none',
  'malformed',
  'signature',
  'claims',
  'expired',
  'revoked',
  'client',
  'overloaded',
  'database',
  'other',
] as const

/** Whether the copy of the key set that the caller holds is still right (304), or it was sent anew. */
export const CACHE_STATUSES = ['hit', 'miss', 'error'] as const

/** Audit event types that matter alone; the rest by what they are about. */
export const AUDIT_EVENT_TYPES = [
  'token_issued',
  'token_refused',
  'token_revoked',
  'client_authentication_failed',
  'client_changed',
  'signing_key_changed',
  'access_denied',
  'checkpoint',
  'other',
] as const

/** The queue was full; the database was not reached, said no, or did not say whether it kept the event. */
export const AUDIT_FAILURE_REASONS = ['overloaded', 'unreachable', 'refused', 'unanswered', 'other'] as const

export const CREDENTIAL_OPERATIONS = [
  'create',
  'update',
  'disable',
  'enable',
  'delete',
  'rotate_secret',
  'revoke_secret',
  'other',
] as const

export const SHEDDING_REASONS = ['in_flight', 'event_loop', 'database_queue', 'other'] as const

export const ARGON2_OPERATIONS = ['hash', 'verify'] as const

/** The two statements of the hot path by name, the others by what they do. */
export const DB_OPERATIONS = [
  'find_clients',
  'insert_audit_events',
  'select',
  'insert',
  'update',
  'delete',
  'transaction',
  'other',
] as const

/** Connections that are lent and that are not, callers that wait for one, and how many connections there may be. */
export const POOL_STATES = ['active', 'idle', 'waiting', 'max'] as const

export const BOOLEANS = ['true', 'false'] as const

export type Outcome = (typeof OUTCOMES)[number]
export type GrantType = (typeof GRANT_TYPES)[number]
export type Endpoint = (typeof ENDPOINTS)[number]
export type Method = (typeof METHODS)[number]
export type StatusCode = (typeof STATUS_CODES)[number]
export type Operation = (typeof OPERATIONS)[number]
export type ErrorCategory = (typeof ERROR_CATEGORIES)[number]
export type AuthFailureReason = (typeof AUTH_FAILURE_REASONS)[number]
export type ValidationError = (typeof VALIDATION_ERRORS)[number]
export type CacheStatus = (typeof CACHE_STATUSES)[number]
export type AuditEventLabel = (typeof AUDIT_EVENT_TYPES)[number]
export type CredentialOperation = (typeof CREDENTIAL_OPERATIONS)[number]
export type SheddingReason = (typeof SHEDDING_REASONS)[number]
export type DbOperation = (typeof DB_OPERATIONS)[number]

/** Takes `text` if it is one of the closed list `values`, and `other` for everything else. */
export const orOther = <Value extends string>(values: readonly Value[], text: string): Value | 'other' =>
  values.find((value) => value === text) ?? 'other'
