import { InvalidRequest } from '../errors/request-errors.ts'

const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`
const LIST = new RegExp(`^${TAG}(?:[ \t]*,[ \t]*${TAG})*$`)

/** The entity tag of something at `version` (RFC 9110 section 8.8.3): a strong one, for `If-Match`. */
export const entityTag = (version: number): string => `"${version}"`

/**
 * Reads an `If-Match` header (RFC 9110 section 13.1.1).
 * @returns whether a version is among those that it names, `undefined` when there is no such header
 * @throws {InvalidRequest} it is neither `*` nor a list of entity tags
 */
export function readIfMatch(header: string | undefined): ((version: number) => boolean) | undefined {
  if (header === undefined) return undefined
  if (header === '*') return () => true
  if (!LIST.test(header)) throw new InvalidRequest('If-Match must be * or a list of entity tags')
  // Compared as strong tags: a weak one never matches.
  const tags = new Set<string>(header.match(new RegExp(TAG, 'g')))
  return (version) => tags.has(entityTag(version))
}
