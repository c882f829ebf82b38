import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { Unavailable } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { Pool } from 'pg'
import { eventually } from '../../test/eventually.ts'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { runSql, type Row } from '../../test/run-sql.ts'
import { settingsFor } from '../../test/settings.ts'
import { SessionPool } from '../connection/session-pool.ts'
import { openDatabase } from '../database.ts'
import { MIGRATIONS } from './list.ts'
import { migrate, pendingMigrations } from './schema-migrator.ts'

const ALL = Object.keys(MIGRATIONS)
const WAITING_MIGRATION = `select pid from pg_stat_activity
  where datname = current_database() and application_name like '% migrations' and wait_event_type = 'Lock'`

const database = useTestDatabase()
let log = new RecordingLog()

const asOwner = (text: string): Promise<readonly Row[]> => runSql(database.url(), text)
const migrated = (lockWaitMs?: number): Promise<readonly string[]> =>
  migrate(settingsFor(database.url()), log, lockWaitMs)

/** Brings the database to where an earlier release left it, whose last migration was `last`. */
async function migratedUpTo(last: string): Promise<void> {
  const pool = new Pool({ connectionString: database.url() })
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableName: 'schema_migrations',
    migrationLockTableName: 'schema_migrations_lock',
  }).migrateTo(last)
  await db.destroy()
  expect(error).toBeUndefined()
  await asOwner('grant select on schema_migrations to ac_service')
}

async function pending(): Promise<readonly string[]> {
  const pool = new SessionPool(settingsFor(database.url()), log)
  try {
    return await pendingMigrations(openDatabase(pool))
  } finally {
    await pool.end()
  }
}

const tables = async (): Promise<readonly unknown[]> =>
  (await asOwner(`select tablename from pg_tables where schemaname = 'public' order by 1`)).map(
    (row) => row['tablename'],
  )

/** Runs `act` while another session has done `statement` in a transaction that it keeps open. */
async function whileAnotherSession<T>(statement: string, act: () => Promise<T>): Promise<T> {
  const held = await holdTransaction(database.url(), statement)
  try {
    return await act()
  } finally {
    await held.commit()
  }
}

const holdMigrationLock = `select pg_advisory_xact_lock(hashtext('ac-service migrations'))`

beforeEach(async () => {
  log = new RecordingLog()
  await asOwner('drop schema public cascade; create schema public; grant usage on schema public to public')
})

describe('migrate', () => {
  it('brings an empty database up to date, and does nothing the second time', async () => {
    expect([await pending(), await migrated(), await pending(), await migrated()]).toEqual([ALL, ALL, [], []])
  })

  it('runs what is missing in a database that is older', async () => {
    const [first = '', ...missing] = ALL
    await migratedUpTo(first)
    expect([await pending(), await migrated(), await pending()]).toEqual([missing, missing, []])
  })

  it('leaves a newer database alone', async () => {
    await migrated()
    await asOwner(`insert into schema_migrations (name, timestamp) values ('9999-not-yet-written', now()::text)`)
    expect([await pending(), await migrated()]).toEqual([[], []])
  })

  it('lets exactly one of four that start at once work, and the others find nothing to do', async () => {
    const runs = await Promise.all(Array.from({ length: 4 }, () => migrated()))
    expect(runs.toSorted((one, other) => other.length - one.length)).toEqual([ALL, [], [], []])
    expect(await pending()).toEqual([])
  })

  it('leaves nothing of any migration behind when one fails, names it to the log, and can be repeated', async () => {
    await asOwner('create table audit_events (mine text)')
    await expect(migrated()).rejects.toMatchObject({ code: '42P07' })
    expect(log.lines).toMatchObject([{ level: 'error', fields: { migration: '0003-audit-events' } }])
    expect(await tables()).toEqual(['audit_events', 'schema_migrations', 'schema_migrations_lock'])
    expect(await pending()).toEqual(ALL)
    await asOwner('drop table audit_events')
    expect(await migrated()).toEqual(ALL)
  })

  it('is unavailable when another session keeps the lock of migrations for too long', async () => {
    const waited = whileAnotherSession(holdMigrationLock, () => migrated(100))
    await expect(waited).rejects.toMatchObject({ constructor: Unavailable, cause: { code: '55P03' } })
    expect(await tables()).toEqual([])
    expect(await migrated()).toEqual(ALL)
  })

  it('is unavailable when another session keeps a table locked for too long', async () => {
    await migrated()
    const waited = whileAnotherSession('lock table clients in access exclusive mode', () => migrated(100))
    await expect(waited).rejects.toMatchObject({ constructor: Unavailable, cause: { code: '55P03' } })
    expect(await migrated()).toEqual([])
  })

  it('waits for another one that ends in time', async () => {
    let waiting: Promise<readonly string[]> | undefined
    await whileAnotherSession(holdMigrationLock, async () => {
      waiting = migrated()
      await eventually(async () => (await asOwner(WAITING_MIGRATION)).length > 0)
    })
    expect(await waiting).toEqual(ALL)
  })

  it('is unavailable when its connection breaks', async () => {
    await whileAnotherSession(holdMigrationLock, async () => {
      const failing = migrated().catch((error: unknown) => error)
      await eventually(async () => (await asOwner(WAITING_MIGRATION)).length > 0)
      await asOwner(`select pg_terminate_backend(pid) from (${WAITING_MIGRATION}) waiting`)
      expect(await failing).toBeInstanceOf(Unavailable)
    })
    expect(await tables()).toEqual([])
  })

  it('is unavailable where nobody listens', async () => {
    const url = new URL(database.url())
    url.port = '1'
    await expect(migrate(settingsFor(url.href), log)).rejects.toThrow(Unavailable)
  })
})
