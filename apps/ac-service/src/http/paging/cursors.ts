import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import { InvalidRequest } from '../errors/request-errors.ts'

const MAC_LENGTH = 32
const MAX_CURSOR_LENGTH = 1024

/**
 * Makes and opens cursors: the place where a page ended, for the request of the next one. A cursor carries the place
 * itself under a MAC, so any replica can go on from it, and nobody can start a listing at a place that he made up.
 */
export class Cursors {
  readonly #key: KeyObject

  /** @param key 32 bytes for this purpose alone, the same in every replica */
  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key)
  }

  /**
   * A cursor for `position`: one word of base64url.
   * @param listing names the listing and its filter: the cursor is good for these only
   */
  write(listing: string, position: string): string {
    const place = Buffer.from(position)
    return Buffer.concat([this.#mac(listing, place), place]).toString('base64url')
  }

  /**
   * The position that {@link write} was given for the same `listing`.
   * @throws {InvalidRequest} the cursor is altered, made up, or of another listing or filter: all the same to the caller
   */
  read(listing: string, cursor: string): string {
    const bytes = cursor.length > MAX_CURSOR_LENGTH ? Buffer.alloc(0) : Buffer.from(cursor, 'base64url')
    const [mac, place] = [bytes.subarray(0, MAC_LENGTH), bytes.subarray(MAC_LENGTH)]
    const authentic = mac.length === MAC_LENGTH && timingSafeEqual(mac, this.#mac(listing, place))
    // The same bytes have several spellings in base64url; ours is the canonical one.
    if (authentic && bytes.toString('base64url') === cursor) return place.toString()
    throw new InvalidRequest('cursor must be one that a page of this very listing ended with')
  }

  #mac(listing: string, place: Uint8Array): Buffer {
    // The length in front keeps a character from moving between listing and position without changing the MAC.
    return createHmac('sha256', this.#key)
      .update(`${Buffer.byteLength(listing)}:${listing}`)
      .update(place)
      .digest()
  }
}
