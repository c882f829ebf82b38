import { Unavailable, type Log } from '@ac/kernel'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { Pool } from 'pg'
import { parseDatabaseUrl } from '../connection/database-address.ts'
import type { DatabaseSettings } from '../connection/database-settings.ts'
import { translateFailure } from '../connection/query-failure.ts'
import type { Database } from '../database.ts'
import { grantServiceRole } from './grant-service-role.ts'
import { MIGRATIONS } from './list.ts'

const MIGRATION_TABLE = 'schema_migrations'
/** How long to wait for another process that is migrating the same database. */
const LOCK_WAIT_MS = 60_000

/**
 * Brings the schema up to date. Safe when several processes do so at once: one works, the others wait for it and find
 * nothing left to do. All pending migrations commit together or not at all. Forward only; a newer database is left alone.
 * Each run also grants the service role its rights.
 * @param lockWaitMs how long any lock may be waited for: that of another migration, or one on a table
 * @returns the names of the migrations that were run, in order
 * @throws {Unavailable} no connection, or a lock was not to be had in time; run it again
 */
export async function migrate(
  settings: DatabaseSettings,
  log: Log,
  lockWaitMs = LOCK_WAIT_MS,
): Promise<readonly string[]> {
  const pool = migrationPool(settings, lockWaitMs)
  const db: Database = new Kysely({ dialect: new PostgresDialect({ pool }) })
  try {
    return await withMigrationLock(pool, async () => {
      const migrated = await runPending(db, log)
      await grantServiceRole(db)
      return migrated
    })
  } catch (error) {
    throw translateFailure(error)
  } finally {
    await db.destroy()
  }
}

/**
 * The names of migrations that this build knows and the database has not run; a newer database has none. Where the first
 * migration is under way or failed, its list is there and not yet readable for the service: then all are pending.
 */
export async function pendingMigrations(db: Database): Promise<readonly string[]> {
  const list = sql.lit(MIGRATION_TABLE)
  const table = await sql`select has_table_privilege(to_regclass(${list}), 'select') as readable`.execute(db)
  const [row] = table.rows as readonly { readable: boolean | null }[]
  if (!row?.readable) return Object.keys(MIGRATIONS)
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(db)
  const done = new Set(rows.map(({ name }) => name))
  return Object.keys(MIGRATIONS).filter((name) => !done.has(name))
}

/** Connections of their own: a migration may take longer than any statement of the service may. */
function migrationPool(settings: DatabaseSettings, lockWaitMs: number): Pool {
  const pool = new Pool({
    ...parseDatabaseUrl(settings.url.reveal(), settings.tls, settings.ca),
    max: 2,
    connectionTimeoutMillis: settings.acquireTimeoutMs,
    application_name: `${settings.applicationName} migrations`,
    lock_timeout: lockWaitMs,
  })
  // A connection that breaks fails the query that needs it; a second report that nobody hears would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}

/**
 * Kysely takes a lock too, but waits for it for an hour; whoever holds ours first never meets a taken one of Kysely's.
 * The lock belongs to the session, so it is gone when this process is.
 */
async function withMigrationLock<T>(pool: Pool, act: () => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw new Unavailable('database', { cause })
  })
  try {
    await client.query(`select pg_advisory_lock(hashtext('ac-service migrations'))`)
    return await act()
  } finally {
    client.release(true)
  }
}

async function runPending(db: Database, log: Log): Promise<readonly string[]> {
  if ((await pendingMigrations(db)).length === 0) return []
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  const failed = results.find(({ status }) => status === 'Error')
  if (failed) log.error('a migration failed; nothing was changed', { migration: failed.migrationName })
  if (error !== undefined) throw error instanceof Error ? error : new Error('the migrator failed', { cause: error })
  return results.map(({ migrationName }) => migrationName)
}
