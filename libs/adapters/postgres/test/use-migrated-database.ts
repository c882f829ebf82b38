import { anAuditChain } from '@ac/audit/testing'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import type { AuditEvent } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { afterAll, beforeAll } from '@jest/globals'
import { AuditedTransactions } from '../src/audit/audited-transactions.ts'
import { SessionPool } from '../src/connection/session-pool.ts'
import { openDatabase, type Database } from '../src/database.ts'
import { migrate } from '../src/migrations/schema-migrator.ts'
import { runSql, type Row } from './run-sql.ts'
import { settingsFor } from './settings.ts'

/** A database of the current schema, as the service and as its owner see it. Usable in hooks and tests. */
export interface MigratedDatabase {
  url(): string
  pool(): SessionPool
  db(): Database
  /** A new writer of transactions with their events. */
  transactions(): AuditedTransactions
  /** Runs SQL with the rights of the owner. */
  asOwner(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** Deletes every row of every table. */
  empty(): Promise<void>
  /** The committed audit events in the order of their transactions, without checkpoints. */
  events(): Promise<readonly AuditEvent[]>
}

/** Gives the calling spec file, or `describe` block, a migrated database of its own. */
export function useMigratedDatabase(): MigratedDatabase {
  const database = useTestDatabase()
  let pool: SessionPool | undefined
  beforeAll(async () => {
    await migrate(settingsFor(database.url()), new RecordingLog())
    pool = new SessionPool(settingsFor(database.url()), new RecordingLog())
  })
  afterAll(() => pool?.end())
  const opened = (): SessionPool => {
    if (!pool) throw new Error('the pool is open in hooks and tests only')
    return pool
  }
  const asOwner = (text: string, values?: readonly unknown[]) => runSql(database.url(), text, values)
  return {
    url: () => database.url(),
    pool: opened,
    db: () => openDatabase(opened()),
    transactions: () => new AuditedTransactions(openDatabase(opened()), anAuditChain()),
    asOwner,
    empty: async () =>
      void (await asOwner(`
        truncate clients, client_secrets, signing_keys, audit_events, failed_authentications, revoked_tokens,
          tokens_not_before`)),
    events: async () => (await asOwner(COMMITTED)).map(toEvent),
  }
}

const COMMITTED = `select * from audit_events where type <> 'audit.checkpoint' order by xmin::text::bigint, sequence`

const toEvent = (row: Row): AuditEvent => {
  const present = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined]))
  const { type, outcome, reason, occurred_at: occurredAt, actor, target } = present
  const origin = { requestId: present['request_id'], source: present['source'], traceId: present['trace_id'] }
  return { type, outcome, reason, occurredAt, actor, target, origin } as AuditEvent
}
