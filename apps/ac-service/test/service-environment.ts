/** The issuer of every service under test. Nothing answers there: `fetchAt` leads clients to the process. */
export const ISSUER = 'https://ac.test'

/** What {@link serviceEnvironment} sets as `AC_HASH_SECRET`. */
export const HASH_SECRET = Buffer.alloc(32, 'h')

/** What {@link serviceEnvironment} sets as `AC_MASTER_KEY`. */
export const MASTER_KEY = Buffer.alloc(32, 'm')

/**
 * The whole environment of a process under test: ports that the system chooses, no delay at shutdown, as many failed
 * authentications as a test likes, and nothing of the environment that the tests run in.
 */
export const serviceEnvironment = (
  databaseUrl: string,
  changes: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  AC_DATABASE_TLS: 'disable',
  AC_MASTER_KEY: MASTER_KEY.toString('base64'),
  AC_HASH_SECRET: HASH_SECRET.toString('base64'),
  AC_ISSUER: ISSUER,
  AC_HTTP_HOST: '127.0.0.1',
  AC_HTTP_PORT: '0',
  AC_MANAGEMENT_HOST: '127.0.0.1',
  AC_MANAGEMENT_PORT: '0',
  AC_SHUTDOWN_DELAY_MS: '0',
  AC_RATE_LIMIT_MAX_FAILURES: '10000',
  ...changes,
})
