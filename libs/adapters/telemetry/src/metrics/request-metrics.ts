import { AuthenticationThrottled, ClientRejected } from '@ac/client-validation'
import { DomainError, Overloaded } from '@ac/kernel'
import { errorCategory } from './error-category.ts'
import {
  AUTH_FAILURE_REASONS,
  METHODS,
  orOther,
  STATUS_CODES,
  type AuthFailureReason,
  type Endpoint,
  type GrantType,
  type Operation,
  type Outcome,
  type SheddingReason,
} from './labels.ts'
import type { Metrics } from './metrics.ts'
import type { TraceReference } from './series.ts'

/** A request to the API after its answer, as far as metrics tell of it. */
export interface MeasuredRequest {
  readonly endpoint: Endpoint
  readonly method: string
  readonly status: number
  readonly seconds: number
  /** What was thrown when it was refused or failed. */
  readonly failure: unknown
  /** The trace that it is part of, if that is recorded. */
  readonly trace: TraceReference | undefined
}

const OPERATION_AT: Readonly<Record<Endpoint, Operation>> = {
  '/oauth2/token': 'token_issuance',
  '/oauth2/introspect': 'token_introspection',
  '/oauth2/revoke': 'token_revocation',
  '/.well-known/jwks.json': 'key_publication',
  '/.well-known/oauth-authorization-server': 'other',
  '/internal/rotate-keys': 'key_rotation',
  '/api/v1/admin/clients': 'client_administration',
  '/api/v1/admin/keys': 'key_administration',
  '/api/v1/admin/audit-events': 'audit_reading',
  other: 'other',
}

/** By the queue that was full, as `Overloaded` names it. */
const SHED_BY: Readonly<Record<string, SheddingReason>> = {
  requests: 'in_flight',
  'client reads': 'database_queue',
  audit: 'database_queue',
}

/**
 * Counts and times requests where they leave the service: what was refused before any use case ran, or waited in front
 * of it, counts too.
 */
export class RequestMetrics {
  readonly #families: Metrics['families']

  constructor({ families }: Pick<Metrics, 'families'>) {
    this.#families = families
  }

  /** To be called once for each request. */
  observe(request: MeasuredRequest): void {
    const { endpoint, status, failure } = request
    this.#observeHttp(request)
    if (endpoint === '/oauth2/token') this.#observeIssuance(request)
    if (endpoint === '/.well-known/jwks.json') this.#observeKeySet(status)
    if (status < 400) return
    const labels = { operation: OPERATION_AT[endpoint], error_category: errorCategory(status, failure) }
    this.#families.errors.series(labels).increase()
    if (failure instanceof Overloaded) {
      this.#families.loadShedding.series({ reason: SHED_BY[failure.queue] ?? 'other' }).increase()
    }
    this.#observeAuthentication(request)
  }

  #observeHttp({ method: text, endpoint, status, seconds, trace }: MeasuredRequest): void {
    const { httpRequests, httpRequestDuration } = this.#families
    const method = orOther(METHODS, text)
    httpRequests.series({ method, endpoint, status_code: orOther(STATUS_CODES, String(status)) }).increase()
    httpRequestDuration.series({ method, endpoint }).observe(seconds, trace)
  }

  #observeIssuance({ status, seconds, failure, trace }: MeasuredRequest): void {
    const labels = { grant_type: grantType(status, failure), status: outcome(status) }
    this.#families.tokenIssuances.series(labels).increase()
    this.#families.tokenIssuanceDuration.series(labels).observe(seconds, trace)
  }

  #observeKeySet(status: number): void {
    // What the caller did wrong says nothing of the key set.
    if (status >= 400 && status < 500) return
    const cache_status = status >= 500 ? 'error' : status === 304 ? 'hit' : 'miss'
    this.#families.jwksRequests.series({ cache_status }).increase()
  }

  #observeAuthentication({ endpoint, status, failure }: MeasuredRequest): void {
    const { authFailures, rateLimitDenials } = this.#families
    const reason = authFailureReason(failure)
    const grant_type = endpoint === '/oauth2/token' ? grantType(status, failure) : 'other'
    if (reason) authFailures.series({ reason, grant_type }).increase()
    if (failure instanceof AuthenticationThrottled) rateLimitDenials.series({ endpoint }).increase()
  }
}

const outcome = (status: number): Outcome => (status < 400 ? 'success' : status < 500 ? 'refused' : 'failure')

/** The grant type is looked at before the client is: what was refused or failed later was of the one that is offered. */
function grantType(status: number, failure: unknown): GrantType {
  if (status < 400 || status >= 500) return 'client_credentials'
  const code = failure instanceof DomainError ? failure.code : undefined
  const unread = code === undefined || code === 'invalid_request' || code.startsWith('unsupported_')
  return unread ? 'other' : 'client_credentials'
}

function authFailureReason(failure: unknown): AuthFailureReason | undefined {
  const rejected = failure instanceof AuthenticationThrottled ? failure.cause : failure
  if (rejected instanceof ClientRejected) return orOther(AUTH_FAILURE_REASONS, rejected.reason)
  return failure instanceof DomainError && failure.code === 'no_client_credentials' ? 'no_credentials' : undefined
}
