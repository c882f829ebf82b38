import { databaseVariables } from './groups/database.ts'
import { httpVariables, managementVariables } from './groups/http.ts'
import { masterKeysVariables } from './groups/secrets.ts'
import { shutdownVariables } from './groups/shutdown.ts'
import { publicationSeconds, signingKeysVariables } from './groups/signing-keys.ts'
import { tokensVariables } from './groups/tokens.ts'
import { rule, type Rule } from './reading/rule.ts'

const WILDCARDS = ['0.0.0.0', '::']

/** Values that are right one by one and unsafe together. Each is judged by the others, so a test may be fast in all. */
export const unsafeCombinations: readonly Rule[] = [
  rule({
    variables: {
      overlap: signingKeysVariables.overlapSeconds,
      ttl: tokensVariables.ttlSeconds,
      maxAge: signingKeysVariables.jwksMaxAgeSeconds,
      skew: tokensVariables.clockSkewSeconds,
    },
    blames: 'overlap',
    problem: 'must be at least AC_TOKEN_TTL_SECONDS + AC_JWKS_MAX_AGE_SECONDS + AC_CLOCK_SKEW_SECONDS',
    // The last token that a key signed must find it in the JWKS for as long as anybody may accept that token.
    holds: ({ overlap, ttl, maxAge, skew }) => overlap >= ttl + maxAge + skew,
  }),
  rule({
    variables: {
      interval: signingKeysVariables.forceRotationMinIntervalSeconds,
      maxAge: signingKeysVariables.jwksMaxAgeSeconds,
    },
    blames: 'interval',
    problem: 'must be at least 3 times AC_JWKS_MAX_AGE_SECONDS',
    // A rotation makes the next key; the one after it lets that key sign, when every verifier must know it.
    holds: ({ interval, maxAge }) => interval >= publicationSeconds(maxAge),
  }),
  rule({
    variables: {
      interval: signingKeysVariables.rotationMinIntervalSeconds,
      forced: signingKeysVariables.forceRotationMinIntervalSeconds,
    },
    blames: 'interval',
    problem: 'must be at least AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS',
    holds: ({ interval, forced }) => interval >= forced,
  }),
  rule({
    variables: { delay: shutdownVariables.delayMs, timeout: shutdownVariables.timeoutMs },
    blames: 'delay',
    problem: 'must be less than AC_SHUTDOWN_TIMEOUT_MS',
    holds: ({ delay, timeout }) => delay < timeout,
  }),
  rule({
    variables: {
      acquire: databaseVariables.acquireTimeoutMs,
      statement: databaseVariables.statementTimeoutMs,
      request: httpVariables.requestTimeoutMs,
    },
    blames: 'request',
    problem: 'must be more than AC_DB_ACQUIRE_TIMEOUT_MS + AC_DB_STATEMENT_TIMEOUT_MS',
    // Otherwise a slow database looks like a slow service: the request is cut off before the query can say why.
    holds: ({ acquire, statement, request }) => acquire + statement < request,
  }),
  rule({
    variables: { current: masterKeysVariables.current, previous: masterKeysVariables.previous },
    blames: 'previous',
    problem: 'must not hold AC_MASTER_KEY',
    holds: ({ current, previous }) => previous.every((key) => !Buffer.from(key).equals(current)),
  }),
  rule({
    variables: { audience: tokensVariables.defaultAudience, issuer: tokensVariables.issuer },
    blames: 'audience',
    problem: 'must not be AC_ISSUER',
    // The audience that is the issuer opens the admin API.
    holds: ({ audience, issuer }) => audience !== issuer,
  }),
  rule({
    variables: {
      port: managementVariables.port,
      host: managementVariables.host,
      apiPort: httpVariables.port,
      apiHost: httpVariables.host,
    },
    blames: 'port',
    problem: 'must differ from AC_HTTP_PORT while AC_MANAGEMENT_HOST and AC_HTTP_HOST have an address in common',
    holds: ({ port, host, apiPort, apiHost }) => port === 0 || port !== apiPort || !haveAddressInCommon(host, apiHost),
  }),
]

/** Whether a listener on `one` would meet a listener on `other` at the same port. */
function haveAddressInCommon(one: string, other: string): boolean {
  return one === other || WILDCARDS.includes(one) || WILDCARDS.includes(other)
}
