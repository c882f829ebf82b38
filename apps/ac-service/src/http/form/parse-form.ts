import { InvalidRequest } from '../errors/request-errors.ts'

/** Pairs that a form may hold, empty ones included. */
export const MAX_FORM_PAIRS = 50

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/**
 * Reads an `application/x-www-form-urlencoded` body, strictly: names and values are what they say, so no lists or
 * objects grow out of brackets, broken percent-encoding and broken UTF-8 are refused instead of repaired, and a name may
 * come once only (RFC 6749 section 3.2). A parameter without a value is left out, as if it had not been sent.
 * @throws {InvalidRequest} naming the rule that was broken
 */
export function parseForm(body: Uint8Array): ReadonlyMap<string, string> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  const parameters = parseParameters(text)
  for (const [name, value] of parameters) {
    if (value === '') parameters.delete(name)
  }
  return parameters
}

/**
 * As {@link parseForm}, of text, such as a query string; a parameter without a value is there, and empty.
 * @throws {InvalidRequest} naming the rule that was broken
 */
export function parseParameters(text: string): Map<string, string> {
  if (!PRINTABLE_ASCII.test(text)) throw new InvalidRequest('the parameters contain characters that must be encoded')
  const pairs = text.split('&', MAX_FORM_PAIRS + 1)
  if (pairs.length > MAX_FORM_PAIRS) throw new InvalidRequest(`there are more than ${MAX_FORM_PAIRS} parameters`)
  const parameters = new Map<string, string>()
  for (const pair of pairs) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decodeFormComponent(equals === -1 ? pair : pair.slice(0, equals))
    if (parameters.has(name)) throw new InvalidRequest('a parameter is repeated')
    parameters.set(name, equals === -1 ? '' : decodeFormComponent(pair.slice(equals + 1)))
  }
  return parameters
}

/**
 * Decodes one name or value: `+` is a space, `%XX` a byte of UTF-8.
 * @throws {InvalidRequest} a broken escape, broken UTF-8, or a NUL, which PostgreSQL cannot hold
 */
export function decodeFormComponent(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  const decoded = decodePercent(spaced)
  if (decoded.includes('\0')) throw new InvalidRequest('a parameter contains a NUL character')
  return decoded
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new InvalidRequest('the parameters contain a broken percent-encoding or broken UTF-8')
  }
}
