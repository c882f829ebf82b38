import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { failureLimiterContract } from '@ac/client-validation/testing'
import { RecordingLog } from '@ac/kernel/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Pool } from 'pg'
import type { StatementClient } from './failure-store.ts'
import { PostgresFailureLimiter } from './postgres-failure-limiter.ts'

const database = useTestDatabase()
let pool: Pool
let client: StatementClient

beforeAll(async () => {
  pool = new Pool({ connectionString: database.url(), max: 4 })
  // The database ends before its pool does.
  pool.on('error', () => undefined)
  client = {
    query: async ({ name, text, values = [] }) => {
      const { rows, rowCount } = await pool.query({ ...(name && { name }), text, values: [...values] })
      return { rows, rowCount: rowCount ?? 0 }
    },
  }
  // The columns of migration 0007.
  await pool.query(`
    create unlogged table failed_authentications (key text primary key, points integer not null, expire bigint not null)`)
})
afterAll(() => pool.end())

/** Limiters of one hash secret, which no other test has. */
function limiters(limits = { windowSeconds: 900, maxFailures: 5, maxFailuresOfNetwork: 100 }) {
  const secret = randomBytes(8).toString('hex')
  const hash = (text: string): string => createHash('sha256').update(secret).update(text).digest('hex')
  const open = () => new PostgresFailureLimiter({ client, limits, hash, log: new RecordingLog() })
  return { one: open(), other: open() }
}

failureLimiterContract('PostgresFailureLimiter', async (limits) => ({
  ...limiters(limits),
  elapse: (seconds) => sleep(seconds * 1000),
}))

describe('PostgresFailureLimiter', () => {
  it('purges what is over, however much it is, and nothing else', async () => {
    await pool.query('truncate failed_authentications')
    const { one } = limiters()
    await one.count({ network: 'h:0', clientId: 'svc_a' })
    await pool.query(`insert into failed_authentications select 'old ' || n, 1, $1 from generate_series(1, 3500) n`, [
      Date.now() - 1,
    ])
    await one.purge()
    const { rows } = await pool.query<{ key: string }>('select key from failed_authentications')
    expect(rows).toHaveLength(2)
    expect(rows.filter(({ key }) => key.startsWith('old'))).toEqual([])
  })

  it('purges around what somebody is counting at the moment', async () => {
    await pool.query('truncate failed_authentications')
    await pool.query(`insert into failed_authentications values ('held', 1, 0), ('free', 1, 0)`)
    const holder = await pool.connect()
    try {
      await holder.query(`begin; update failed_authentications set points = 2 where key = 'held'`)
      await limiters().one.purge()
      const { rows } = await pool.query<{ key: string }>('select key from failed_authentications')
      expect(rows).toEqual([{ key: 'held' }])
    } finally {
      await holder.query('rollback')
      holder.release()
    }
  })
})
