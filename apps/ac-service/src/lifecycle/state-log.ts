import type { Log } from '@ac/kernel'

/** Tells the log of a condition once when it begins and once when it ends, however often it is looked at. */
export class StateLog {
  readonly #log: Log
  #condition: string | undefined

  constructor(log: Log) {
    this.#log = log
  }

  /** The condition holds now. Another one than before is news. */
  holds(condition: string, cause?: string): void {
    if (this.#condition === condition) return
    this.#condition = condition
    this.#log.warn(condition, { cause })
  }

  /** Nothing is wrong (any more). */
  over(message: string): void {
    if (this.#condition === undefined) return
    this.#condition = undefined
    this.#log.info(message)
  }
}
