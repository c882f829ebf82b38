import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** Months for which partitions are made ahead: a service that restarts once in a quarter never runs out. */
const MONTHS_AHEAD = 3

/**
 * Makes the audit table's partitions for this month and the next ones.
 * @throws {Unavailable} the database does not answer
 */
export async function ensureAuditPartitions(db: Database): Promise<void> {
  await sql`select ensure_audit_partitions(${MONTHS_AHEAD})`.execute(db)
}
