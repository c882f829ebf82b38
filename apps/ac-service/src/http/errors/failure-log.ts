import { Unavailable, type DomainError, type Log } from '@ac/kernel'

/** One line for each kind of failure in this time; the others are counted. */
const QUIET_MS = 5000

/**
 * Logs requests that could not be served. An outage fails thousands of them a second for one and the same reason, so a
 * reason is told at once, and then every few seconds with the number of requests that met it meanwhile.
 */
export class FailureLog {
  readonly #log: Log
  readonly #now: () => number
  readonly #told = new Map<string, { at: number; since: number }>()

  constructor(log: Log, now: () => number = () => performance.now()) {
    this.#log = log
    this.#now = now
  }

  note(error: DomainError, requestId: string): void {
    const dependency = error instanceof Unavailable ? error.dependency : undefined
    const reason = `${error.code} ${dependency ?? ''}`
    const told = this.#told.get(reason)
    if (told && this.#now() - told.at < QUIET_MS) {
      told.since++
      return
    }
    this.#told.set(reason, { at: this.#now(), since: 0 })
    this.#log.warn('a request could not be served', {
      error: error.code,
      dependency,
      cause: error.cause instanceof Error ? error.cause.message : undefined,
      request_id: requestId,
      others_since_last_line: told?.since,
    })
  }
}
