/** Runs something again and again, never twice at once, until it is stopped. The work must not throw. */
export class PeriodicTask {
  readonly #everyMs: number
  readonly #work: () => Promise<void>
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(everyMs: number, work: () => Promise<void>) {
    this.#everyMs = everyMs
    this.#work = work
  }

  /** The first run comes after one pause. */
  start(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#running = this.#work().finally(() => this.start())
    }, this.#everyMs)
    this.#timer.unref()
  }

  /** Resolves when no run is under way and none will come. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }
}
