import type { AuditEventFilter, AuditEventPlace, AuditEventReader, ChainedEvent } from '@ac/audit'
import { sql, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import { AUDIT_EVENT_COLUMNS, toChainedEvent, type AuditEventRow } from './audit-event-rows.ts'

/** Lists the audit trail by the indices that migration 0008 made for it, partitions outside the time left out. */
export class PostgresAuditEventReader implements AuditEventReader {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  async list(filter: AuditEventFilter, limit: number, after?: AuditEventPlace): Promise<readonly ChainedEvent[]> {
    return (await compileList(this.#db, filter, limit, after).execute()).map(toChainedEvent)
  }
}

/** The query of a page; apart, so that a test can have it explained. */
export function compileList(db: Database, filter: AuditEventFilter, limit: number, after?: AuditEventPlace) {
  const { client } = filter
  if (client === undefined) return newestOf(db, filter, limit, after)
  // Two indices, each in the order of time: an OR would have to sort all that the client ever did.
  const did = newestOf(db, filter, limit, after).where('actor', '=', client)
  const suffered = newestOf(db, filter, limit, after)
    .where('target', '=', client)
    .where(sql<SqlBool>`target ^@ 'svc_'`)
    .where(sql<SqlBool>`actor is distinct from ${client}`)
  return db
    .selectFrom(sql<AuditEventRow>`(${did} union all ${suffered})`.as('event'))
    .select(AUDIT_EVENT_COLUMNS)
    .orderBy('occurred_at', 'desc')
    .orderBy('writer', 'desc')
    .orderBy('sequence', 'desc')
    .limit(limit)
}

function newestOf(db: Database, { type, from, until }: AuditEventFilter, limit: number, after?: AuditEventPlace) {
  let query = db.selectFrom('audit_events').select(AUDIT_EVENT_COLUMNS)
  if (type !== undefined) query = query.where('type', '=', type)
  // Said once more for the planner, which otherwise does not see that the partial index has them all.
  if (type !== undefined && type !== 'token.issued') query = query.where('type', '<>', 'token.issued')
  if (from) query = query.where('occurred_at', '>=', from)
  if (until) query = query.where('occurred_at', '<', until)
  if (after) {
    // The first condition is the index's; the second one only tells events of the same moment apart.
    query = query.where('occurred_at', '<=', after.occurredAt).where(behind(after))
  }
  return query.orderBy('occurred_at', 'desc').orderBy('writer', 'desc').orderBy('sequence', 'desc').limit(limit)
}

const behind = ({ occurredAt, writer, sequence }: AuditEventPlace) =>
  sql<SqlBool>`(occurred_at, writer, sequence) < (${occurredAt}::timestamptz, ${writer}::uuid, ${sequence}::bigint)`
