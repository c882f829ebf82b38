/** What stands between the process and its work. */
export interface ReadinessReport {
  readonly status: 'ready' | 'not_ready'
  readonly database: 'ok' | 'read_only' | 'unavailable'
  readonly signing_key: 'ok' | 'unavailable'
  /** Whether it agrees with the clock of the database. */
  readonly clock: 'ok' | 'off'
  readonly shutting_down: boolean
}

/** Whether the process can do its work, as the last looks at its parts found it. Asking costs nothing and waits for nothing. */
export class Readiness {
  #database = false
  #writable = true
  #clock = true
  #signingKey = false
  #shuttingDown = false

  databaseIs(available: boolean): void {
    this.#database = available
  }

  databaseIsWritable(writable: boolean): void {
    this.#writable = writable
  }

  clockIs(right: boolean): void {
    this.#clock = right
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
    const reachable = this.#writable ? 'ok' : 'read_only'
    const database = this.#database ? reachable : 'unavailable'
    const ready = database === 'ok' && this.#signingKey && this.#clock && !this.#shuttingDown
    return {
      status: ready ? 'ready' : 'not_ready',
      database,
      signing_key: this.#signingKey ? 'ok' : 'unavailable',
      clock: this.#clock ? 'ok' : 'off',
      shutting_down: this.#shuttingDown,
    }
  }
}
