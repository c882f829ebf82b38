import { InvalidRequest } from '../errors/request-errors.ts'

/** A value of a JSON text; objects that are nested are values of no field here, and stay opaque. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | object

/** How deep objects and arrays may lie in each other, the outermost counted. */
export const MAX_JSON_DEPTH = 8

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** In a text that is known to be JSON, these are all its strings and all that nests or names. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/**
 * Reads a body that must be one JSON object, by the rules of I-JSON (RFC 7493), which leave two readers no room to
 * differ: strict UTF-8 without a byte order mark, each name once, no halves of surrogate pairs. No NUL either, which
 * PostgreSQL cannot hold. Names are data: `__proto__` is a name like any other.
 * @throws {InvalidRequest} naming the rule that was broken
 */
export function parseJsonObject(body: Uint8Array): ReadonlyMap<string, JsonValue> {
  const text = decode(body)
  const value = parse(text)
  refuseAmbiguity(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidRequest('the body must be a JSON object')
  }
  return new Map(Object.entries(value as Record<string, JsonValue>))
}

function decode(body: Uint8Array): string {
  try {
    return STRICT_UTF8.decode(body)
  } catch {
    throw new InvalidRequest('the body is not UTF-8')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidRequest('the body is not JSON')
  }
}

/** Looks again at a text that is JSON for what `JSON.parse` lets pass: it keeps the last of two equal names. */
function refuseAmbiguity(text: string): void {
  const namesOfOpen: Set<string>[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') namesOfOpen.push(new Set())
    else if (token === '}' || token === ']') namesOfOpen.pop()
    else if (token === ':') noteName(namesOfOpen.at(-1), last)
    else last = readString(token)
    if (namesOfOpen.length > MAX_JSON_DEPTH) throw new InvalidRequest('the JSON is nested too deeply')
  }
}

function noteName(names: Set<string> | undefined, name: string): void {
  if (names?.has(name)) throw new InvalidRequest('a name is repeated in a JSON object')
  names?.add(name)
}

function readString(token: string): string {
  const text = JSON.parse(token) as string
  if (!text.isWellFormed()) throw new InvalidRequest('a JSON string holds half a surrogate pair')
  if (text.includes('\0')) throw new InvalidRequest('a JSON string holds a NUL character')
  return text
}
