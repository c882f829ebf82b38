interface Waiting<T> {
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** Those who wait for something, first come, first served, each for a limited time. */
export class WaitingLine<T> {
  readonly #waiting = new Set<Waiting<T>>()

  get size(): number {
    return this.#waiting.size
  }

  /** Resolves when it is one's turn; rejects with `tooLong()` after `ms`, or with what {@link refuseAll} says. */
  join(ms: number, tooLong: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting)
        reject(tooLong())
      }, ms)
      const waiting: Waiting<T> = { resolve, reject, timer }
      this.#waiting.add(waiting)
    })
  }

  /** Gives `value` to whoever came first. To be called only while somebody waits. */
  serve(value: T): void {
    for (const waiting of this.#waiting) {
      this.#leave(waiting)
      waiting.resolve(value)
      return
    }
    throw new Error('nobody waits')
  }

  refuseAll(error: () => Error): void {
    for (const waiting of this.#waiting) {
      this.#leave(waiting)
      waiting.reject(error())
    }
  }

  #leave(waiting: Waiting<T>): void {
    this.#waiting.delete(waiting)
    clearTimeout(waiting.timer)
  }
}
