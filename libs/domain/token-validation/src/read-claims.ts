import { clientId, parseScope, tokenId } from '@ac/kernel'
import type { SignedToken } from './ports/signed-token-reader.ts'
import type { ValidToken } from './valid-token.ts'

/** What an id may look like; longer than any that was ever made here. */
const ID = /^[\x21-\x7e]{1,128}$/

/** The last second that has a date, in seconds since 1970. */
const LAST_SECOND = 8_640_000_000_000

/** Claims that narrow where or when a token is good, in a way that nothing here would check (RFC 7519, RFC 7800). */
const LIMITING = ['nbf', 'cnf']

/**
 * Reads the claims of an access token, each with the type that it must have. Claims that are not known are passed over
 * (RFC 7519 section 4), unless they would limit the token.
 * @returns `undefined` when one is missing or not right
 */
export function readClaims({ keyId, claims }: SignedToken): ValidToken | undefined {
  if (!isRecord(claims) || LIMITING.some((name) => Object.hasOwn(claims, name))) return undefined
  const { iss, aud, sub, client_id: client, jti, iat, exp, scope, service_type: serviceType, region } = claims
  const scopes = isText(scope) ? parseScope(scope) : undefined
  if (!isText(iss) || !isText(aud) || !isId(jti) || !isId(sub) || sub !== client || !scopes) return undefined
  if (!isSecond(iat) || !isSecond(exp) || exp <= iat) return undefined
  if (!isOptionalText(serviceType) || !isOptionalText(region)) return undefined
  return {
    id: tokenId(jti),
    clientId: clientId(sub),
    keyId,
    issuer: iss,
    audience: aud,
    scopes,
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
    serviceType,
    region,
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isOptionalText = (value: unknown): value is string | undefined => value === undefined || isText(value)

const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)

/** A NumericDate of RFC 7519 section 2, in whole seconds as ours are. */
const isSecond = (value: unknown): value is number =>
  Number.isInteger(value) && typeof value === 'number' && value >= 0 && value <= LAST_SECOND
