/** What stands between the process and its work. */
export interface ReadinessReport {
  readonly status: 'ready' | 'not_ready'
  readonly database: 'ok' | 'unavailable'
  readonly signing_key: 'ok' | 'unavailable'
  readonly shutting_down: boolean
}

/** Whether the process can do its work, as the last looks at its parts found it. Asking costs nothing and waits for nothing. */
export class Readiness {
  #database = false
  #signingKey = false
  #shuttingDown = false

  databaseIs(available: boolean): void {
    this.#database = available
  }

  signingKeyIs(available: boolean): void {
    this.#signingKey = available
  }

  /** There is no way back. */
  shutDown(): void {
    this.#shuttingDown = true
  }

  get shuttingDown(): boolean {
    return this.#shuttingDown
  }

  report(): ReadinessReport {
    const ready = this.#database && this.#signingKey && !this.#shuttingDown
    return {
      status: ready ? 'ready' : 'not_ready',
      database: this.#database ? 'ok' : 'unavailable',
      signing_key: this.#signingKey ? 'ok' : 'unavailable',
      shutting_down: this.#shuttingDown,
    }
  }
}
