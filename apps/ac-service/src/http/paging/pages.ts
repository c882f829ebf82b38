import { InvalidRequest } from '../errors/request-errors.ts'
import type { Cursors } from './cursors.ts'

/** The query parameters by which every listing is paged. */
export const PAGE_PARAMETERS = ['limit', 'cursor'] as const

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 100

/** A listing that is given in pages, each beginning behind a position in it (keyset paging). */
export interface Listing<Item, Position> {
  /** Names the listing and, where it has one, its filter: a cursor of one name is refused under another. */
  readonly name: string
  readonly positionOf: (item: Item) => Position
  readonly writePosition: (position: Position) => string
  /** Reads what `writePosition` wrote, in this or in an earlier release; `undefined` when it cannot any more. */
  readonly readPosition: (text: string) => Position | undefined
  /** At most `limit` items, beginning behind `after`. */
  readonly list: (limit: number, after: Position | undefined) => Promise<readonly Item[]>
}

/** Some items of a listing, in its order. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; `null` when this is the last one. */
  readonly nextCursor: string | null
}

/**
 * The page that `limit` (1 to 100, 50 unless given) and `cursor` ask for.
 * @throws {InvalidRequest} one of the two is not right
 */
export async function readPage<Item, Position>(
  query: ReadonlyMap<string, string>,
  cursors: Cursors,
  listing: Listing<Item, Position>,
): Promise<Page<Item>> {
  const limit = readLimit(query.get('limit'))
  // One more than asked for tells whether there is a next page.
  const found = await listing.list(limit + 1, readAfter(query.get('cursor'), cursors, listing))
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const more = found.length > limit && last !== undefined
  const place = more ? listing.writePosition(listing.positionOf(last)) : undefined
  return { items, nextCursor: place === undefined ? null : cursors.write(listing.name, place) }
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT
  const limit = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MAX_LIMIT) throw new InvalidRequest(`limit must be a whole number from 1 to ${MAX_LIMIT}`)
  return limit
}

function readAfter<Item, Position>(
  cursor: string | undefined,
  cursors: Cursors,
  { name, readPosition }: Listing<Item, Position>,
): Position | undefined {
  if (cursor === undefined) return undefined
  const position = readPosition(cursors.read(name, cursor))
  if (position === undefined) throw new InvalidRequest('cursor is of an earlier release: begin anew')
  return position
}
