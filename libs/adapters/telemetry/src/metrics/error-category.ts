import { DomainError, Unavailable } from '@ac/kernel'
import type { ErrorCategory } from './labels.ts'

const BY_STATUS: Readonly<Record<number, ErrorCategory>> = {
  401: 'authentication',
  403: 'authorization',
  404: 'not_found',
  429: 'throttled',
}

const BY_CODE: Readonly<Record<string, ErrorCategory>> = {
  overloaded: 'overloaded',
  signing_key_unavailable: 'signing_key',
  sealed_key_rejected: 'signing_key',
}

/** What `Unavailable` says of what is kept in PostgreSQL. */
const DATABASE = ['database', 'audit trail']

/**
 * What kind of error a request met: the status that it was answered tells, and for our own faults what was thrown.
 * @param status 400 or more
 */
export function errorCategory(status: number, failure: unknown): ErrorCategory {
  return status >= 500 ? faultCategory(failure) : (BY_STATUS[status] ?? 'invalid_request')
}

/** What kind of fault of ours `failure` is. */
export function faultCategory(failure: unknown): ErrorCategory {
  if (failure instanceof Unavailable) return DATABASE.includes(failure.dependency) ? 'database' : 'other'
  return (failure instanceof DomainError ? BY_CODE[failure.code] : undefined) ?? 'other'
}
