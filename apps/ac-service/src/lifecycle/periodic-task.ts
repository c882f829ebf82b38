/** Runs something again and again, never twice at once, until it is stopped. The work must not throw. */
export class PeriodicTask {
  readonly #everyMs: number
  readonly #work: () => Promise<void>
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #wanted = false
  #stopped = false

  constructor(everyMs: number, work: () => Promise<void>) {
    this.#everyMs = everyMs
    this.#work = work
  }

  /** The first run comes after one pause. */
  start(): void {
    this.#pause(this.#everyMs)
  }

  /**
   * Has a run begin now, instead of after the pause. While one is under way another one follows it without a pause: what
   * it has looked at may be out of date. The pauses go on as before.
   */
  wake(): void {
    if (this.#running) this.#wanted = true
    else this.#pause(0)
  }

  /** Resolves when no run is under way and none will come. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  #pause(ms: number): void {
    clearTimeout(this.#timer)
    if (this.#stopped) return
    this.#timer = setTimeout(() => this.#run(), ms)
    this.#timer.unref()
  }

  #run(): void {
    this.#wanted = false
    this.#running = this.#work().finally(() => {
      this.#running = undefined
      this.#pause(this.#wanted ? 0 : this.#everyMs)
    })
  }
}
