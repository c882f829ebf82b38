import type { Branded } from './ids.ts'

/** One scope-token of RFC 6749 section 3.3: printable ASCII but for space, `"` and `\`. */
export type Scope = Branded<'Scope'>

const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Longest scope value that is looked at, in characters; what is longer is refused unread. */
export const MAX_SCOPE_LENGTH = 4096

/**
 * Reads a `scope` value: scope-tokens divided by single spaces (RFC 6749 section 3.3). A repeated token counts once;
 * the order is the given one.
 * @returns `undefined` when `text` breaks that grammar: empty, two spaces in a row, a forbidden character, too long
 */
export function parseScope(text: string): readonly Scope[] | undefined {
  if (text.length > MAX_SCOPE_LENGTH) return undefined
  const tokens = text.split(' ')
  if (!tokens.every((token) => SCOPE_TOKEN.test(token))) return undefined
  return [...new Set(tokens)] as readonly string[] as readonly Scope[]
}

/** Writes scopes the way `scope` carries them: joined by single spaces. */
export const formatScope = (scopes: readonly Scope[]): string => scopes.join(' ')
