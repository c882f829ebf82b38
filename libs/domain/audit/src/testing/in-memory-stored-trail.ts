import type { ChainedEvent } from '../chain/chained-event.ts'
import type { LinkPlace, LinkRange, Period, StoredPage, StoredTrail } from '../ports/stored-trail.ts'

/** Keeps a trail in a list, with which a test may do what it likes. */
export class InMemoryStoredTrail implements StoredTrail {
  /** In no particular order. */
  rows: ChainedEvent[]
  readonly #pageSize: number
  readonly #id: string

  constructor({
    rows = [],
    pageSize = 1000,
    id = 'trail',
  }: { rows?: readonly ChainedEvent[]; pageSize?: number; id?: string } = {}) {
    this.rows = [...rows]
    this.#pageSize = pageSize
    this.#id = id
  }

  async id(): Promise<string> {
    return this.#id
  }

  async read({ from, until }: Period, next = '0'): Promise<StoredPage> {
    const inside = this.#sorted().filter(
      ({ event: { occurredAt } }) => (!from || occurredAt >= from) && (!until || occurredAt < until),
    )
    const end = Number(next) + this.#pageSize
    return { events: inside.slice(Number(next), end), next: end < inside.length ? String(end) : undefined }
  }

  async find(places: readonly LinkPlace[]): Promise<readonly ChainedEvent[]> {
    return this.#sorted().filter((row) =>
      places.some(({ writer, sequence }) => row.writer === writer && row.sequence === sequence),
    )
  }

  async missing({ writer, first, last }: LinkRange): Promise<readonly LinkRange[]> {
    const present = this.#sorted().filter(
      (row) => row.writer === writer && row.sequence >= first && row.sequence <= last,
    )
    const borders = [first - 1, ...new Set(present.map(({ sequence }) => sequence)), last + 1]
    return borders
      .slice(1)
      .map((border, index) => ({ writer, first: (borders[index] ?? 0) + 1, last: border - 1 }))
      .filter((range) => range.first <= range.last)
  }

  async before({ writer, sequence }: LinkPlace): Promise<ChainedEvent | undefined> {
    return this.#sorted().findLast((row) => row.writer === writer && row.sequence < sequence)
  }

  async retentionRecords(): Promise<readonly ChainedEvent[]> {
    return this.#sorted().filter(({ event: { type } }) =>
      ['audit.retention_applied', 'audit.chain_shortened'].includes(type),
    )
  }

  #sorted(): readonly ChainedEvent[] {
    return this.rows.toSorted(
      (one, other) =>
        one.writer.localeCompare(other.writer) ||
        one.sequence - other.sequence ||
        one.event.occurredAt.getTime() - other.event.occurredAt.getTime(),
    )
  }
}
