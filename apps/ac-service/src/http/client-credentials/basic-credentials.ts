import { Secret } from '@ac/kernel'
import { NoClientCredentials } from '../errors/request-errors.ts'
import { decodeFormComponent } from '../form/parse-form.ts'

/** Who a caller says it is, and its proof. Nothing of it is checked yet. */
export interface PresentedCredentials {
  readonly clientId: string
  readonly secret: Secret
}

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2})$/i
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/**
 * Reads an `Authorization` header of the Basic scheme as RFC 6749 section 2.3.1 has it: canonical base64, divided at the
 * first colon, and both halves form-encoded.
 * @throws {NoClientCredentials} another scheme or anything malformed: a failed attempt to authenticate, so a 401
 */
export function readBasicCredentials(header: string): PresentedCredentials {
  const encoded = BASIC.exec(header)?.[1]
  if (encoded === undefined) throw new NoClientCredentials()
  const bytes = Buffer.from(encoded, 'base64')
  const text = bytes.toString('latin1')
  const colon = text.indexOf(':')
  const canonical = bytes.toString('base64') === encoded
  if (!canonical || colon < 1 || !PRINTABLE_ASCII.test(text)) throw new NoClientCredentials()
  return { clientId: decode(text.slice(0, colon)), secret: new Secret(decode(text.slice(colon + 1))) }
}

function decode(half: string): string {
  try {
    return decodeFormComponent(half)
  } catch {
    throw new NoClientCredentials()
  }
}
