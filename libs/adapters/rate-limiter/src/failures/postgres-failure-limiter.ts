import type { FailedAuthentication, FailureLimiter, FailureLimits } from '@ac/client-validation'
import { Unavailable, type Log } from '@ac/kernel'
import { FailureStore, type StatementClient } from './failure-store.ts'
import { KnownWindows, type CountedWindow } from './known-windows.ts'

/** Windows that are remembered, at most; some 150 bytes each. */
const MAX_KNOWN = 20_000
/** A failed authentication is not answered much later for being counted. */
const PATIENCE_MS = 1000
/** After the storage failed, it is left alone for this time. */
const REST_MS = 5000

/** What {@link PostgresFailureLimiter} needs. */
export interface PostgresFailureLimiterDeps {
  readonly client: StatementClient
  readonly limits: FailureLimits
  /** Keyed hash, under which ids and networks are stored. */
  readonly hash: (text: string) => string
  readonly log: Log
}

/** One thing that is counted, and how much of it is borne. */
interface Limited {
  readonly key: string
  readonly max: number
}

/**
 * Counts in PostgreSQL, behind a shield: what is known to be beyond its limit is answered from memory until its window
 * ends, so a flood of guesses costs the database next to nothing. When the database does not answer, the windows that
 * are known are counted on in memory.
 */
export class PostgresFailureLimiter implements FailureLimiter {
  readonly #limits: FailureLimits
  readonly #hash: (text: string) => string
  readonly #log: Log
  readonly #store: FailureStore
  readonly #known = new KnownWindows(MAX_KNOWN)
  #restsUntil = 0

  constructor({ client, limits, hash, log }: PostgresFailureLimiterDeps) {
    this.#limits = limits
    this.#hash = hash
    this.#log = log
    this.#store = new FailureStore(client, limits.windowSeconds)
  }

  async count({ network = '', clientId }: FailedAuthentication): Promise<number | undefined> {
    const { maxFailures, maxFailuresOfNetwork } = this.#limits
    const limited: readonly Limited[] = [
      { key: this.#hash(JSON.stringify([network])), max: maxFailuresOfNetwork },
      { key: this.#hash(JSON.stringify([network, clientId])), max: maxFailures },
    ]
    const now = Date.now()
    const shielded = limited.map(({ key, max }) => secondsLeft(this.#known.find(key, now), max, now))
    if (shielded.some((seconds) => seconds > 0)) return Math.max(...shielded)
    const counted = now < this.#restsUntil ? this.#countHere(limited) : await this.#countThere(limited)
    const seconds = Math.max(...limited.map(({ max }, index) => secondsLeft(counted[index], max, now)))
    return seconds > 0 ? seconds : undefined
  }

  /**
   * Deletes counts whose window is over.
   * @throws {Unavailable} the database does not answer
   */
  async purge(): Promise<void> {
    await this.#store.purge()
  }

  async #countThere(limited: readonly Limited[]): Promise<readonly CountedWindow[]> {
    try {
      const counted = await inTime(Promise.all(limited.map(({ key }) => this.#store.add(key))))
      for (const [index, window] of counted.entries()) this.#known.remember(limited[index]?.key ?? '', window)
      this.#answered()
      return counted
    } catch (error) {
      this.#failed(error)
      return this.#countHere(limited)
    }
  }

  #countHere(limited: readonly Limited[]): readonly CountedWindow[] {
    const now = Date.now()
    return limited.map(({ key }) => {
      const { count, endsAt } = this.#known.find(key, now) ?? {
        count: 0,
        endsAt: now + this.#limits.windowSeconds * 1000,
      }
      const window = { count: count + 1, endsAt }
      this.#known.remember(key, window)
      return window
    })
  }

  #answered(): void {
    if (this.#restsUntil === 0) return
    this.#restsUntil = 0
    this.#log.info('failed authentications are counted in the database again')
  }

  #failed(error: unknown): void {
    if (this.#restsUntil === 0) {
      const cause = error instanceof Error ? error.message : undefined
      this.#log.warn('failed authentications are counted by this process alone for now', { cause })
    }
    this.#restsUntil = Date.now() + REST_MS
  }
}

/** Seconds until `window` ends if its count is beyond `max`, else 0. */
const secondsLeft = (window: CountedWindow | undefined, max: number, now: number): number =>
  window && window.count > max ? Math.max(1, Math.ceil((window.endsAt - now) / 1000)) : 0

/** @throws {Unavailable} `work` takes too long */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Unavailable('failure counts')), PATIENCE_MS)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
