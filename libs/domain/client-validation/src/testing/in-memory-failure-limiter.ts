import type { Clock } from '@ac/kernel'
import type { FailedAuthentication, FailureLimiter, FailureLimits } from '../ports/failure-limiter.ts'

/** The failures of one key since its window began. */
export interface FailureWindow {
  readonly endsAt: number
  readonly failures: number
}

/** Counts in a map. Limiters that are given the same map count together, as processes on one database do. */
export class InMemoryFailureLimiter implements FailureLimiter {
  readonly #limits: FailureLimits
  readonly #clock: Clock
  readonly #windows: Map<string, FailureWindow>

  constructor(limits: FailureLimits, clock: Clock, windows: Map<string, FailureWindow> = new Map()) {
    this.#limits = limits
    this.#clock = clock
    this.#windows = windows
  }

  async count({ network = '', clientId }: FailedAuthentication): Promise<number | undefined> {
    const { maxFailures, maxFailuresOfNetwork } = this.#limits
    const waits = [
      this.#wait(JSON.stringify([network]), maxFailuresOfNetwork),
      this.#wait(JSON.stringify([network, clientId]), maxFailures),
    ]
    const longest = Math.max(...waits)
    return longest > 0 ? longest : undefined
  }

  /** Counts, and gives the seconds until the window ends, or 0 within the limit. */
  #wait(key: string, max: number): number {
    const now = this.#clock().getTime()
    const known = this.#windows.get(key)
    const { endsAt, failures } =
      known && known.endsAt > now ? known : { endsAt: now + this.#limits.windowSeconds * 1000, failures: 0 }
    this.#windows.set(key, { endsAt, failures: failures + 1 })
    return failures + 1 > max ? Math.ceil((endsAt - now) / 1000) : 0
  }
}
