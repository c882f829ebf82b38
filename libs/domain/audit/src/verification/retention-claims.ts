import type { LinkRange, StoredTrail } from '../ports/stored-trail.ts'
import { readRetention } from '../retention/retention-record.ts'
import type { SealCheck } from './seal-check.ts'

/** What retention says that it dropped, as far as its events are sealed. */
export class RetentionClaims {
  readonly #stored: StoredTrail
  readonly #seals: SealCheck
  #read: ReturnType<typeof readRetention> = { horizon: undefined, shortened: [] }

  constructor(stored: StoredTrail, seals: SealCheck) {
    this.#stored = stored
    this.#seals = seals
  }

  /** Looks again: retention may have worked since. */
  async refresh(): Promise<void> {
    const records = await this.#stored.retentionRecords()
    this.#read = readRetention(
      records.filter((record) => this.#seals.fault(record) === undefined).map(({ event }) => event),
    )
  }

  /** Everything from before this moment is gone; `undefined` while nothing is. */
  get horizon(): Date | undefined {
    return this.#read.horizon
  }

  /** The parts of `range` that retention did not drop. */
  unexplained(range: LinkRange): readonly LinkRange[] {
    let rest: readonly LinkRange[] = [range]
    for (const dropped of this.#read.shortened) {
      if (dropped.writer === range.writer) rest = rest.flatMap((part) => without(part, dropped))
    }
    return rest
  }
}

function without(range: LinkRange, { first, last }: LinkRange): readonly LinkRange[] {
  if (last < range.first || first > range.last) return [range]
  const before = { ...range, last: first - 1 }
  const after = { ...range, first: last + 1 }
  return [before, after].filter((part) => part.first <= part.last)
}
