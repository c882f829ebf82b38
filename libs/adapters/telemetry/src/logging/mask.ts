/** What stands for what must not be read. */
export const MASK = '****'

/** Makes of an identifier what may be shown in its place: the same for the same one. */
export type HashIdentifier = (text: string) => string

const CLIENT_ID = /\bsvc_[0-9A-Za-z_-]+/g

/**
 * What looks private wherever it stands, most telling first. Rather too much is masked than too little: a text is what a
 * library or a server made up, and nobody reads it before it is written.
 */
const PRIVATE: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [^-]+-----.*?(?:-----END [^-]+-----|$)/gs, MASK],
  [/\bacs_[0-9A-Za-z]+/g, MASK],
  // Every JWS and JWE begins with `{"` in base64url.
  [/\beyJ[\w-]*(?:\.[\w-]*)*/g, MASK],
  [/\b(Basic|Bearer|DPoP) +[\w.~+/-]+=*/gi, `$1 ${MASK}`],
  // A scheme tells what it was about; user, password, host and path do not have to. The files of a stack may be read.
  [/\b(?!file:)([a-z][a-z0-9+.-]*:\/\/)[^\s"'<>]*/gi, `$1${MASK}`],
  // What PostgreSQL quotes may be a value, a user or an address.
  [/"[^"]*"/g, `"${MASK}"`],
  [/\b(getaddrinfo [A-Z_]+) \S+/g, `$1 ${MASK}`],
  [/(?<![\w.])(?:::ffff:)?\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2}|:\d{1,5})?(?!\w)/gi, MASK],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])/gi, MASK],
  [/(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?(?:%\w+)?(?![\w:])/gi, MASK],
  // Keys and hashes: base64 with its padding, and long words of base64url or hex, which no language has.
  [/[A-Za-z0-9+/]{20,}={1,2}/g, MASK],
  [/(?<![\w/.-])(?=[\w-]*\d)[\w-]{32,}(?![\w/-]|\.\w)/g, MASK],
]

/** What is longer is cut before it is looked at. */
const MAX_LENGTH = 4096

/** `text` with everything in it that looks private masked, and the ids of clients replaced by their hashes. */
export function mask(text: string, hash: HashIdentifier): string {
  const hashed = text.slice(0, MAX_LENGTH).replaceAll(CLIENT_ID, (id) => hash(id))
  return PRIVATE.reduce((masked, [pattern, replacement]) => masked.replaceAll(pattern, replacement), hashed)
}
