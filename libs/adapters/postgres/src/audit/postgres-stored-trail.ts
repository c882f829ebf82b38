import type { ChainedEvent, LinkPlace, LinkRange, Period, StoredPage, StoredTrail } from '@ac/audit'
import { sql, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import { AUDIT_EVENT_COLUMNS, toChainedEvent, type AuditEventRow } from './audit-event-rows.ts'
import { SELECT_TRAIL_ID, trailIdOf } from './trail-id.ts'

const PAGE = 1000

/**
 * Reads the stored trail by its primary key, page by page: no long transaction, no sort, no lock that a partition's
 * deletion would wait for.
 */
export class PostgresStoredTrail implements StoredTrail {
  readonly #db: Database
  readonly #pageSize: number

  constructor(db: Database, { pageSize = PAGE }: { readonly pageSize?: number } = {}) {
    this.#db = db
    this.#pageSize = pageSize
  }

  async id(): Promise<string> {
    return trailIdOf((await sql.raw<{ id: string }>(SELECT_TRAIL_ID).execute(this.#db)).rows)
  }

  /**
   * A page begins with the place that the last one ended with, and leaves out as many events as were given of that place:
   * two events at one place can only be there if somebody has removed the primary key.
   */
  async read({ from, until }: Period, next?: string): Promise<StoredPage> {
    let query = this.#events()
    if (from) query = query.where('occurred_at', '>=', from)
    if (until) query = query.where('occurred_at', '<', until)
    const place = next === undefined ? undefined : (JSON.parse(next) as Place)
    if (place) query = query.where(behind(place)).offset(place.given)
    const rows = await query
      .select(sql<string>`occurred_at::text`.as('moment'))
      .orderBy('writer')
      .orderBy('sequence')
      .orderBy('occurred_at')
      .limit(this.#pageSize)
      .execute()
    return {
      events: rows.map(toChainedEvent),
      next: rows.length < this.#pageSize ? undefined : JSON.stringify(placeBehind(rows, place)),
    }
  }

  async find(places: readonly LinkPlace[]): Promise<readonly ChainedEvent[]> {
    const [writers, sequences] = [places.map(({ writer }) => writer), places.map(({ sequence }) => sequence)]
    const named = sql<SqlBool>`(writer, sequence) in (select * from unnest(${writers}::uuid[], ${sequences}::bigint[]))`
    return (await this.#events().where(named).execute()).map(toChainedEvent)
  }

  async missing({ writer, first, last }: LinkRange): Promise<readonly LinkRange[]> {
    const { rows } = await sql<{ first: string; last: string }>`
      select before + 1 as first, sequence - 1 as last
      from (
        select sequence, lag(sequence, 1, ${first}::bigint - 1) over (order by sequence) as before
        from (
          select sequence from audit_events
          where writer = ${writer} and sequence between ${first}::bigint and ${last}::bigint
          union select ${last}::bigint + 1) as present) as neighbours
      where sequence > before + 1
      order by 1`.execute(this.#db)
    return rows.map((row) => ({ writer, first: Number(row.first), last: Number(row.last) }))
  }

  async before({ writer, sequence }: LinkPlace): Promise<ChainedEvent | undefined> {
    const rows = await this.#events()
      .where('writer', '=', writer)
      .where('sequence', '<', String(sequence))
      .orderBy('sequence', 'desc')
      .limit(1)
      .execute()
    return rows.map(toChainedEvent).at(0)
  }

  async retentionRecords(): Promise<readonly ChainedEvent[]> {
    const rows = await this.#events()
      .where('type', 'in', ['audit.retention_applied', 'audit.chain_shortened'])
      // Lets the planner see that the partial index has them all.
      .where('type', '<>', 'token.issued')
      .orderBy('writer')
      .orderBy('sequence')
      .execute()
    return rows.map(toChainedEvent)
  }

  #events() {
    return this.#db.selectFrom('audit_events').select(AUDIT_EVENT_COLUMNS)
  }
}

/** The key of the last event of a page, and how many events of that key the pages have given so far. */
interface Place {
  readonly key: readonly [writer: string, sequence: string, moment: string]
  readonly given: number
}

type KeyedRow = Pick<AuditEventRow, 'writer' | 'sequence'> & { readonly moment: string }

const keyOf = ({ writer, sequence, moment }: KeyedRow): Place['key'] => [writer, sequence, moment]

const behind = ({ key: [writer, sequence, moment] }: Place) =>
  sql<SqlBool>`(writer, sequence, occurred_at) >= (${writer}::uuid, ${sequence}::bigint, ${moment}::timestamptz)`

function placeBehind(rows: readonly KeyedRow[], before: Place | undefined): Place | undefined {
  const last = rows.at(-1)
  if (!last) return before
  const key = keyOf(last)
  const same = (other: Place['key'] | undefined): boolean => JSON.stringify(other) === JSON.stringify(key)
  const here = rows.filter((row) => same(keyOf(row))).length
  return { key, given: same(before?.key) ? (before?.given ?? 0) + here : here }
}
