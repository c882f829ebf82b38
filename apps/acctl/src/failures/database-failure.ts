/** What to say of a failure by its SQLSTATE (PostgreSQL appendix A) or by its system error code. */
const BY_CODE: Readonly<Record<string, string>> = {
  '25006': 'the database is read-only',
  '28000': 'the database refuses the login of DATABASE_URL',
  '28P01': 'the database refuses the login of DATABASE_URL',
  '3D000': 'the database that DATABASE_URL names does not exist',
  '42501': 'the login of DATABASE_URL lacks a right that this needs',
  '42P01': 'the schema of the database is not up to date: run `acctl migrate` first',
  '42703': 'the schema of the database is not up to date: run `acctl migrate` first',
  '53300': 'the database has no connection left',
  '55P03': 'another process is migrating the database, or holds a lock on what this needs: try again later',
  '57014': 'the database took too long',
}

/** The driver gives no code for these. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/does not support SSL/, 'the database offers no TLS, which AC_DATABASE_TLS=verify-full needs'],
  [/^SASL/, 'the database refuses the login of DATABASE_URL'],
  [
    /^corrupted migrations/,
    'the database has run migrations that this release does not know: use the acctl of a later one',
  ],
]

/**
 * A sentence about what went wrong at the database, by `error` or what caused it; `undefined` when that is not known.
 * Messages of the driver may name hosts, users and databases: none of them is repeated.
 */
export function describeDatabaseFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = BY_CODE[code] ?? BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1]
  if (known) return known
  if (/^[0-9A-Z]{5}$/.test(code) && 'severity' in error) return `the database refuses this (SQLSTATE ${code})`
  if (/CERT|SIGNATURE/.test(code)) return `the database did not prove that it is the right one (${code})`
  if (/^E[A-Z_]+$/.test(code)) return `the database does not answer (${code})`
  return describeDatabaseFailure(error.cause)
}
