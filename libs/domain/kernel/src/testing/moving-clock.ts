import type { Clock } from '../clock.ts'

/** A clock that moves only when it is told to. */
export class MovingClock {
  #now: number

  constructor(start = '2026-01-01T00:00:00.000Z') {
    this.#now = Date.parse(start)
  }

  readonly now: Clock = () => new Date(this.#now)

  advanceSeconds(seconds: number): void {
    this.#now += seconds * 1000
  }
}
