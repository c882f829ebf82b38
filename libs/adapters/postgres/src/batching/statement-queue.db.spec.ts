import { RecordingLog } from '@ac/kernel/testing'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DatabaseError } from 'pg'
import { settingsFor } from '../../test/settings.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { SessionPool } from '../connection/session-pool.ts'
import { StatementQueue } from './statement-queue.ts'

const database = useMigratedDatabase()
let pool: SessionPool
let statements: StatementQueue

beforeEach(() => {
  pool = new SessionPool(settingsFor(database.url()), new RecordingLog())
  statements = new StatementQueue(pool, 'counts')
})
afterEach(() => pool.end())

const count = (key: string) =>
  statements.query({
    name: 'count',
    text: `insert into failed_authentications values ($1, 1, 1)
           on conflict (key) do update set points = failed_authentications.points + 1 returning points`,
    values: [key],
  })

describe('StatementQueue', () => {
  it('gives each of many statements its own result, and all of them one connection', async () => {
    const results = await Promise.all(
      Array.from({ length: 250 }, (_, number) =>
        statements.query({ text: 'select $1::int as number, pg_backend_pid() as pid', values: [number] }),
      ),
    )
    const rows = results.flatMap((result) => result.rows)
    expect(rows.map(({ number }) => number)).toEqual(results.map((_, number) => number))
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(1)
  })

  it('tells how many rows were changed', async () => {
    await Promise.all([count('a'), count('b')])
    expect(await statements.query({ text: 'delete from failed_authentications' })).toEqual({ rows: [], rowCount: 2 })
  })

  it('commits each statement by itself, in the order in which they came', async () => {
    const counted = await Promise.all([count('c'), count('c'), count('c')])
    expect(counted.flatMap(({ rows }) => rows)).toEqual([{ points: 1 }, { points: 2 }, { points: 3 }])
    expect(await database.asOwner(`select points from failed_authentications where key = 'c'`)).toEqual([{ points: 3 }])
  })

  it('hands on what the database refuses, and goes on', async () => {
    await expect(statements.query({ text: 'select * from nowhere' })).rejects.toThrow(DatabaseError)
    expect(await count('d')).toMatchObject({ rowCount: 1 })
  })
})
