import { combinations, counter, gauge, histogram, type LabelValues } from './definition.ts'
import * as label from './labels.ts'

/** Seconds. 0.35 is the objective of issuance, 0.05 that of validation. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 1, 2.5]
const VALIDATION_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.35, 1]
const DATABASE_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.35, 1, 5]
const ARGON2_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.75, 1.5, 3]
const BATCH_EVENTS = [1, 2, 4, 8, 16, 32, 64, 128, 500]

const issuance = { grant_type: label.GRANT_TYPES, status: label.OUTCOMES }
const http = { method: label.METHODS, endpoint: label.ENDPOINTS }
const requests = { ...http, status_code: label.STATUS_CODES }
const validations = { status: label.OUTCOMES, error_category: label.VALIDATION_ERRORS }

/** The routes whose availability is promised. */
const PROMISED = [
  { method: 'POST', endpoint: '/oauth2/token' },
  { method: 'GET', endpoint: '/.well-known/jwks.json' },
] as const

const FAULTS: readonly label.ValidationError[] = ['overloaded', 'database', 'other']

/** Whether a token can be judged so: `none` belongs to success, our own faults to failure, all else to refusal. */
const isSensible = ({ status, error_category: error }: LabelValues<typeof validations>): boolean => {
  if (error === 'none') return status === 'success'
  return status === (FAULTS.includes(error) ? 'failure' : 'refused')
}

/**
 * Every metric that the service has besides those of Node. Names and labels are an interface: dashboards, alerts and
 * runbooks of others are written against them. No label has more than ten values, and no metric a thousand series.
 */
export const CATALOGUE = {
  tokenIssuanceDuration: histogram(
    'ac_token_issuance_duration_seconds',
    'Time from a token request to its answer',
    issuance,
    REQUEST_SECONDS,
  ),
  tokenIssuances: counter('ac_token_issuance_total', 'Token requests that were answered', issuance),
  tokenValidationDuration: histogram(
    'ac_token_validation_duration_seconds',
    'Time that it took to judge a token, for introspection and for access to the API',
    { status: label.OUTCOMES },
    VALIDATION_SECONDS,
  ),
  tokenValidations: counter('ac_token_validations_total', 'Tokens that were judged', validations, {
    initial: combinations(validations).filter(isSensible),
  }),
  authFailures: counter('ac_auth_failures_total', 'Failed authentications of clients', {
    reason: label.AUTH_FAILURE_REASONS,
    grant_type: label.GRANT_TYPES,
  }),
  rateLimitDenials: counter(
    'ac_rate_limit_denials_total',
    'Requests refused because too many like them had failed before',
    { endpoint: label.ENDPOINTS },
  ),
  credentialOperations: counter('ac_credential_operations_total', 'Changes of clients and their secrets', {
    operation: label.CREDENTIAL_OPERATIONS,
    status: label.OUTCOMES,
  }),
  jwksRequests: counter('ac_jwks_requests_total', 'Requests for the key set', { cache_status: label.CACHE_STATUSES }),
  activeSigningKeys: gauge('ac_active_signing_keys', 'Keys that this process can sign with at this moment: 1 or 0', {}),
  signingKeyAge: gauge('ac_signing_key_age_seconds', 'Time since the active key began to sign; 0 without one', {}),
  keyRotations: counter('ac_key_rotation_total', 'Rotations of the signing keys that were asked for', {
    status: label.OUTCOMES,
    forced: label.BOOLEANS,
  }),
  keyRotationLastSuccess: gauge(
    'ac_key_rotation_last_success_timestamp_seconds',
    'When the active key began to sign, in seconds since 1970; 0 without one',
    {},
  ),
  httpRequests: counter('ac_http_requests_total', 'Requests to the API that were answered', requests, {
    initial: PROMISED.flatMap((route) => label.STATUS_CODES.map((status_code) => ({ ...route, status_code }))),
  }),
  httpRequestDuration: histogram(
    'ac_http_request_duration_seconds',
    'Time from a request to the API to its answer',
    http,
    REQUEST_SECONDS,
    { initial: PROMISED },
  ),
  errors: counter('ac_errors_total', 'Acts that did not end as asked, and what kept them from it', {
    operation: label.OPERATIONS,
    error_category: label.ERROR_CATEGORIES,
  }),
  loadShedding: counter('ac_load_shedding_total', 'Requests refused because there was too much to do', {
    reason: label.SHEDDING_REASONS,
  }),
  dbQueryDuration: histogram(
    'ac_db_query_duration_seconds',
    'Time that a statement took in the database and on the way',
    { operation: label.DB_OPERATIONS },
    DATABASE_SECONDS,
  ),
  dbPoolConnections: gauge('ac_db_pool_connections', 'Database connections and callers that wait for one', {
    state: label.POOL_STATES,
  }),
  dbPoolAcquireDuration: histogram(
    'ac_db_pool_acquire_duration_seconds',
    'Time that a caller waited for a database connection, whether it got one or not',
    {},
    DATABASE_SECONDS,
  ),
  argon2Duration: histogram(
    'ac_argon2_duration_seconds',
    'Time that an argon2id hash took, its wait for a turn included',
    { operation: label.ARGON2_OPERATIONS },
    ARGON2_SECONDS,
  ),
  auditLogFailures: counter('ac_audit_log_failures_total', 'Audit events that could not be kept', {
    event_type: label.AUDIT_EVENT_TYPES,
    reason: label.AUDIT_FAILURE_REASONS,
  }),
  auditBatchSize: histogram('ac_audit_batch_size', 'Audit events that were written together', {}, BATCH_EVENTS),
  buildInfo: gauge('ac_build_info', 'Always 1; the label tells the version that runs', {
    version: [] as readonly string[],
  }),
} as const

export type Catalogue = typeof CATALOGUE
