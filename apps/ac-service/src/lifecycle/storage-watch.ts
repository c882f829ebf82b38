import type { Log } from '@ac/kernel'
import { Inject, Injectable } from '@nestjs/common'
import { LOG, READINESS, STORAGE } from '../composition/tokens.ts'
import type { Readiness } from './readiness.ts'
import { StateLog } from './state-log.ts'
import type { Storage } from './storage.ts'

/** Beyond this, what one clock says to be over is not over by the other. */
const MAX_CLOCK_OFFSET_MS = 5000

/** Looks at the storage for the readiness of the process; what changes is told to the log once. */
@Injectable()
export class StorageWatch {
  readonly #storage: Storage
  readonly #readiness: Readiness
  readonly #database: StateLog
  readonly #clock: StateLog

  constructor(@Inject(STORAGE) storage: Storage, @Inject(READINESS) readiness: Readiness, @Inject(LOG) log: Log) {
    this.#storage = storage
    this.#readiness = readiness
    this.#database = new StateLog(log)
    this.#clock = new StateLog(log)
  }

  /** Resolves when the readiness says what was found. Never throws. */
  async look(): Promise<void> {
    try {
      const { writable, clockAheadMs } = await this.#storage.probe()
      this.#readiness.databaseIs(true)
      this.#readiness.databaseIsWritable(writable)
      if (writable) this.#database.over('the database answers and takes writes again')
      else this.#database.holds('the database takes no writes: not ready')
      this.#judgeClock(clockAheadMs)
    } catch (error) {
      this.#readiness.databaseIs(false)
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined
      this.#database.holds('the database does not answer: not ready', cause)
    }
  }

  #judgeClock(aheadMs: number): void {
    const right = Math.abs(aheadMs) <= MAX_CLOCK_OFFSET_MS
    this.#readiness.clockIs(right)
    if (right) this.#clock.over('the clock agrees with that of the database again')
    else this.#clock.holds('the clock is off by more than 5 s from that of the database: not ready')
  }
}
