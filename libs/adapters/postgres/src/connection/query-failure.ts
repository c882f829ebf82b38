import { Unavailable } from '@ac/kernel'
import { DatabaseError } from 'pg'

/**
 * SQLSTATE classes and codes that say the server cannot serve us now (PostgreSQL appendix A): connection exceptions,
 * out of resources, operator intervention (which includes the statement timeout), system errors, lock timeout,
 * read-only transaction (a standby after a fail-over), session ended for idling in a transaction, rolled back for
 * serialization or deadlock.
 */
const TRANSIENT = /^(?:08|53|57|58|40001|40P01|55P03|25006|25P03|25P04)/

/** Codes after which the connection itself is still good. */
const HARMLESS = /^(?:57014|40001|40P01|55P03|53100|53200)/

/**
 * What the caller gets for a failed query: {@link Unavailable} when a retry may help, else the error as it was.
 * An error that did not come from the server came from the connection or from a time-out of the driver.
 */
export function translateFailure(error: unknown): unknown {
  if (error instanceof DatabaseError && !TRANSIENT.test(error.code ?? '')) return error
  return new Unavailable('database', { cause: error })
}

/** Codes that a server gives on all connections when it gives them on one: shutdown, crash, read-only. */
const WHOLE_SERVER = /^(?:57P0|25006)/

/**
 * Whether what spoiled a connection has likely spoiled every other that leads to the same server: silence and breaks that
 * come from no statement, the end of the server, a primary that became a standby.
 */
export function concernsWholeServer(error: unknown): boolean {
  return !(error instanceof DatabaseError) || WHOLE_SERVER.test(error.code ?? '')
}

/**
 * Whether a connection must not be used again. After a time-out of the driver it is still busy with the old query; on a
 * server that shut down, or turned read-only, every later query would fail as well.
 */
export function spoilsConnection(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return true
  return TRANSIENT.test(error.code ?? '') && !HARMLESS.test(error.code ?? '')
}

/** Codes by which the server itself says that it does not know: statement completion, transaction resolution. */
const UNKNOWN = /^(?:40003|08007)/

/**
 * Whether the server answered with an error, and so rolled back what it was asked to do. Otherwise it may have done it: the
 * connection broke, a time-out of the driver came first, or the session was ended, perhaps after the commit.
 * @param error from the server, or what {@link translateFailure} made of it
 */
export function wasRefused(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.severity === 'ERROR' && !UNKNOWN.test(error.code ?? '')
  return error instanceof Unavailable && wasRefused(error.cause)
}
