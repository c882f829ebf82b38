import { Overloaded } from '@ac/kernel'

/** How much a {@link Semaphore} lets in. */
export interface SemaphoreBounds {
  /** How many tasks run at once. */
  readonly running: number
  /** How many more may wait for their turn. */
  readonly waiting: number
}

/** Runs a bounded number of tasks at once and lets a bounded number wait, first come, first served. */
export class Semaphore {
  readonly #queue: string
  readonly #maxWaiting: number
  readonly #waiting: (() => void)[] = []
  #free: number

  /** @param queue what {@link Overloaded} names */
  constructor(queue: string, { running, waiting }: SemaphoreBounds) {
    this.#queue = queue
    this.#maxWaiting = waiting
    this.#free = running
  }

  /**
   * What `task` gives or throws, once it had its turn.
   * @throws {Overloaded} too many are waiting; `task` was not called
   */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await this.#turn()
    try {
      return await task()
    } finally {
      this.#leave()
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#maxWaiting) throw new Overloaded(this.#queue)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** The place goes straight to who waited longest, so that nobody who comes later can take it. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free++
  }
}
