/** Connections that may be under way at once while the server takes them. */
const AT_ONCE = 4
/** How fast the right to open connections grows back, a second. */
const PER_SECOND = 5
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 500

/**
 * Paces the opening of connections, so that neither a server that comes back nor one that ends every connection is met
 * by a storm. While the last attempt has failed there is one at a time, after pauses that double up to half a second,
 * each a random part of it. Whatever happens, after `burst` connections only a few a second are opened.
 */
export class ConnectionGate {
  readonly #burst: number
  readonly #random: () => number
  readonly #now: () => number
  #failures = 0
  #failure: unknown
  #closedUntil = 0
  #rights: number
  #countedAt: number

  constructor(burst: number, random: () => number = Math.random, now: () => number = () => performance.now()) {
    this.#burst = burst
    this.#rights = burst
    this.#random = random
    this.#now = now
    this.#countedAt = now()
  }

  /** Why the last attempt failed; `undefined` after one that did not. */
  get failure(): unknown {
    return this.#failure
  }

  /** Milliseconds until another attempt may begin; infinite while those that are under way must end first. */
  pauseMs(underWay: number): number {
    if (underWay >= (this.#failures > 0 ? 1 : AT_ONCE)) return Number.POSITIVE_INFINITY
    this.#grow()
    const untilRight = this.#rights >= 1 ? 0 : ((1 - this.#rights) / PER_SECOND) * 1000
    return Math.max(0, Math.ceil(this.#closedUntil - this.#now()), Math.ceil(untilRight))
  }

  began(): void {
    this.#rights -= 1
  }

  succeeded(): void {
    this.#failures = 0
    this.#failure = undefined
    this.#closedUntil = 0
  }

  failed(failure: unknown): void {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures)
    this.#failures++
    this.#failure = failure
    this.#closedUntil = this.#now() + pause / 2 + (this.#random() * pause) / 2
  }

  #grow(): void {
    const now = this.#now()
    this.#rights = Math.min(this.#burst, this.#rights + ((now - this.#countedAt) / 1000) * PER_SECOND)
    this.#countedAt = now
  }
}
