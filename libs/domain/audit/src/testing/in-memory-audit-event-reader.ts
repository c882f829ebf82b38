import type { ChainedEvent } from '../chain/chained-event.ts'
import type { AuditEventFilter, AuditEventPlace, AuditEventReader } from '../ports/audit-event-reader.ts'

/** Lists what is in a list. */
export class InMemoryAuditEventReader implements AuditEventReader {
  rows: readonly ChainedEvent[]

  constructor(rows: readonly ChainedEvent[] = []) {
    this.rows = rows
  }

  async list(filter: AuditEventFilter, limit: number, after?: AuditEventPlace): Promise<readonly ChainedEvent[]> {
    return this.rows
      .filter((row) => matches(row, filter) && (!after || newestFirst(placeOf(row), after) > 0))
      .toSorted((one, other) => newestFirst(placeOf(one), placeOf(other)))
      .slice(0, limit)
  }
}

const placeOf = ({ writer, sequence, event: { occurredAt } }: ChainedEvent): AuditEventPlace => ({
  writer,
  sequence,
  occurredAt,
})

function matches({ event }: ChainedEvent, { type, client, from, until }: AuditEventFilter): boolean {
  if (type !== undefined && event.type !== type) return false
  if (client !== undefined && event.actor !== client && event.target !== client) return false
  return (!from || event.occurredAt >= from) && (!until || event.occurredAt < until)
}

function newestFirst(one: AuditEventPlace, other: AuditEventPlace): number {
  const writers = one.writer < other.writer ? 1 : one.writer > other.writer ? -1 : 0
  return other.occurredAt.getTime() - one.occurredAt.getTime() || writers || other.sequence - one.sequence
}
