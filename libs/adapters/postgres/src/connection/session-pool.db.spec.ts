import { Unavailable } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { afterEach, describe, expect, it } from '@jest/globals'
import { DatabaseError } from 'pg'
import { ask, backendOf } from '../../test/ask.ts'
import { eventually } from '../../test/eventually.ts'
import { settingsFor } from '../../test/settings.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import type { DatabaseSettings } from './database-settings.ts'
import { SessionPool } from './session-pool.ts'

const database = useMigratedDatabase()
const log = new RecordingLog()
const opened: SessionPool[] = []

/** A pool of one connection, so that each call meets the connection of the one before. */
function open(over: Partial<DatabaseSettings> = {}, url = database.url()): SessionPool {
  const pool = new SessionPool(settingsFor(url, { poolSize: 1, ...over }), log)
  opened.push(pool)
  return pool
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.end()))
})

const terminate = (pid: unknown) => database.asOwner('select pg_terminate_backend($1)', [pid])

describe('SessionPool', () => {
  it('opens no more connections than it may, and is unavailable to who waits too long for one', async () => {
    const pool = open({ poolSize: 2, acquireTimeoutMs: 200 })
    const [one, two] = [await pool.connect(), await pool.connect()]
    await expect(pool.connect()).rejects.toMatchObject({ constructor: Unavailable, dependency: 'database' })
    await expect(pool.prepared('one', 'select 1', [])).rejects.toThrow(Unavailable)
    one.release()
    expect(await ask(pool, 'select 1 as one')).toEqual([{ one: 1 }])
    two.release()
  })

  it('lends no connection that was not released when a query failed', async () => {
    const pool = open({ acquireTimeoutMs: 1000 })
    for (let call = 0; call < 3; call++) await expect(ask(pool, 'select 1/0')).rejects.toThrow(DatabaseError)
    expect(await ask(pool, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('is unavailable when a statement takes too long, and goes on with the connection', async () => {
    const pool = open({ statementTimeoutMs: 100 })
    const pid = await backendOf(pool)
    await expect(ask(pool, 'select pg_sleep(10)')).rejects.toMatchObject({
      constructor: Unavailable,
      cause: { code: '57014' },
    })
    expect(await backendOf(pool)).toBe(pid)
  })

  it('hands on what the database refuses as it is, and goes on with the connection', async () => {
    const pool = open()
    const pid = await backendOf(pool)
    await expect(ask(pool, 'select * from nowhere')).rejects.toMatchObject({
      constructor: DatabaseError,
      code: '42P01',
    })
    expect(await backendOf(pool)).toBe(pid)
  })

  it.each([
    ['statement_timeout', '7s'],
    ['lock_timeout', '2s'],
    ['idle_in_transaction_session_timeout', '10s'],
    ['application_name', 'a pool'],
  ])('opens its sessions with %s = %s', async (name, value) => {
    const pool = open({ statementTimeoutMs: 7000, applicationName: 'a pool' })
    expect(await ask(pool, `show ${name}`)).toEqual([{ [name]: value }])
  })

  it('replaces a connection that breaks while a query runs', async () => {
    const pool = open()
    const pid = await backendOf(pool)
    const failing = ask(pool, 'select pg_sleep(10)').catch((error: unknown) => error)
    await terminate(pid)
    expect(await failing).toBeInstanceOf(Unavailable)
    expect(await backendOf(pool)).not.toBe(pid)
  })

  it('replaces a connection that breaks between two queries of who holds it', async () => {
    const pool = open()
    const session = await pool.connect()
    const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid', [])
    await terminate(rows[0]?.pid)
    await eventually(async () => {
      const found = await database.asOwner('select from pg_stat_activity where pid = $1', [rows[0]?.pid])
      return found.length === 0
    })
    await expect(session.query('select 1', [])).rejects.toThrow(Unavailable)
    session.release()
    expect(await backendOf(pool)).not.toBe(rows[0]?.pid)
  })

  it('replaces a connection that breaks while nobody holds it, and tells the log', async () => {
    const pool = open()
    const pid = await backendOf(pool)
    const before = log.lines.length
    await terminate(pid)
    await eventually(() => log.lines.length > before)
    expect(log.lines.at(-1)).toMatchObject({ level: 'debug', message: 'an idle database connection broke' })
    expect(await backendOf(pool)).not.toBe(pid)
  })

  it('asks nothing more of a connection that a failure has spoiled', async () => {
    const pool = open()
    const pid = await backendOf(pool)
    const session = await pool.connect()
    const failing = session.query('select pg_sleep(10)', []).catch((error: unknown) => error)
    await terminate(pid)
    const failure = await failing
    const rolledBack = await session.query('rollback', []).catch((error: unknown) => error)
    session.release()
    expect(failure).toBeInstanceOf(Unavailable)
    expect(rolledBack).toBe(failure)
  })

  it('closes a connection that is released to be destroyed', async () => {
    const pool = open()
    const pid = await backendOf(pool)
    const session = await pool.connect()
    session.release(true)
    expect(await backendOf(pool)).not.toBe(pid)
  })

  it.each([
    ['another password', (url: URL) => void (url.password = 'wrong')],
    ['a database that is not there', (url: URL) => void (url.pathname = '/ac_nowhere')],
    ['a port where nobody listens', (url: URL) => void (url.port = '1')],
  ])('is unavailable with %s, and says nothing of the password', async (_, change) => {
    const url = new URL(database.url())
    change(url)
    const failure = await open({}, url.href)
      .connect()
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Unavailable)
    const { message, cause } = failure as Unavailable
    expect(`${message} ${String(cause)}`).not.toContain(url.password)
  })

  it('is unavailable once it has ended', async () => {
    const pool = new SessionPool(settingsFor(database.url()), log)
    await pool.end()
    await expect(pool.connect()).rejects.toThrow(Unavailable)
  })

  it('ends soon, although a query runs for long', async () => {
    const pool = new SessionPool(settingsFor(database.url()), log)
    const running = ask(pool, 'select pg_sleep(30)').catch((error: unknown) => error)
    await eventually(async () => {
      const found = await database.asOwner(`select from pg_stat_activity where query = 'select pg_sleep(30)'`)
      return found.length > 0
    })
    const begin = performance.now()
    await pool.end()
    expect(await running).toBeInstanceOf(Unavailable)
    expect(performance.now() - begin).toBeLessThan(5000)
  })

  it('refuses cursors', async () => {
    const session = await open().connect()
    const cursor = { read: async () => [], close: async () => {} }
    expect(() => session.query(cursor)).toThrow(TypeError)
    session.release()
  })
})

describe('SessionPool on a database that turned read-only', () => {
  const insert = `insert into failed_authentications values ('k', 1, 0)`
  const readOnly = (value: string) =>
    database.asOwner(`do $$ begin execute format('alter database %I set default_transaction_read_only = ${value}',
      current_database()); end $$`)

  it('is unavailable for writing, replaces the connection, and writes again when it may', async () => {
    await readOnly('on')
    const pool = open()
    const pid = await backendOf(pool)
    await expect(ask(pool, insert)).rejects.toMatchObject({ constructor: Unavailable, cause: { code: '25006' } })
    expect(await backendOf(pool)).not.toBe(pid)
    await database.asOwner(`begin; set local transaction_read_only = off;
      do $$ begin execute format('alter database %I reset default_transaction_read_only', current_database()); end $$;
      commit`)
    // The connection of before is still read-only; its failure makes room for one that is not.
    await expect(ask(pool, insert)).rejects.toThrow(Unavailable)
    await ask(pool, insert)
    expect(await database.asOwner('select count(*)::int from failed_authentications')).toEqual([{ count: 1 }])
  })
})
