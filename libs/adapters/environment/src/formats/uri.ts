import { isIPv4 } from 'node:net'
import { z } from 'zod'
import type { Format } from './format.ts'

const MAX_LENGTH = 512

/**
 * The `iss` of every token (RFC 8414 section 2), kept as the exact text: issuers are compared character by character.
 * For the same reason only the canonical spelling of the URL is taken, so that no URL library on the way rewrites it.
 */
export const issuer: Format<string> = {
  expected:
    'an https URL (http for loopback hosts only) in canonical form, without user info, query, fragment ' +
    `or trailing slash, at most ${MAX_LENGTH} characters`,
  schema: z.string().max(MAX_LENGTH).refine(isIssuer),
}

/** An absolute URI without fragment, as RFC 8707 section 2 asks of a resource. Kept as the exact text. */
export const resource: Format<string> = {
  expected: `an absolute URI without fragment, at most ${MAX_LENGTH} characters`,
  schema: z
    .string()
    .max(MAX_LENGTH)
    .regex(/^[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$/),
}

function isIssuer(text: string): boolean {
  if (text.endsWith('/') || /[?#]/.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  const canonical = url.pathname === '/' ? url.origin : url.href
  if (canonical !== text || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}
