import { randomFillSync } from 'node:crypto'

const POOL_LENGTH = 4096

/**
 * Random bytes, fetched 4096 at a time: asking OpenSSL for 16 costs twenty times as much as copying 16.
 * Every byte is given out once at most and then wiped, so that the memory of the process does not tell ids of the past.
 */
export class RandomPool {
  readonly #fill: (bytes: Uint8Array) => unknown
  readonly #pool = new Uint8Array(POOL_LENGTH)
  #used = POOL_LENGTH

  /** @param fill overwrites all of its argument with cryptographically secure random bytes */
  constructor(fill: (bytes: Uint8Array) => unknown = randomFillSync) {
    this.#fill = fill
  }

  /**
   * `length` bytes in memory of their own.
   * @throws {RangeError} `length` is no whole number from 0 up
   */
  take(length: number): Uint8Array {
    if (!Number.isInteger(length) || length < 0) throw new RangeError('a number of bytes is a whole number from 0 up')
    const bytes = new Uint8Array(length)
    if (length > POOL_LENGTH) {
      this.#fill(bytes)
      return bytes
    }
    if (length > POOL_LENGTH - this.#used) this.#refill()
    const taken = this.#pool.subarray(this.#used, this.#used + length)
    bytes.set(taken)
    taken.fill(0)
    this.#used += length
    return bytes
  }

  #refill(): void {
    // Until the pool is full again nothing in it counts: a fill that throws must not leave wiped bytes to be taken.
    this.#used = POOL_LENGTH
    this.#fill(this.#pool)
    this.#used = 0
  }
}
