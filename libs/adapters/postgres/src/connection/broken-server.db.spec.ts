import type { WriterId } from '@ac/audit'
import { anAuditChain } from '@ac/audit/testing'
import { Unavailable } from '@ac/kernel'
import { auditEvent, RecordingLog } from '@ac/kernel/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { ask } from '../../test/ask.ts'
import { eventually } from '../../test/eventually.ts'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { runSql } from '../../test/run-sql.ts'
import { settingsFor } from '../../test/settings.ts'
import { useOwnServer } from '../../test/use-own-server.ts'
import { GroupCommitAuditTrail } from '../audit/group-commit-audit-trail.ts'
import { openDatabase } from '../database.ts'
import { migrate } from '../migrations/schema-migrator.ts'
import { SessionPool } from './session-pool.ts'

const server = useOwnServer()
const log = new RecordingLog()
let pool: SessionPool

beforeAll(async () => {
  await migrate(settingsFor(server.url()), log)
  pool = new SessionPool(
    settingsFor(server.url(), { poolSize: 3, acquireTimeoutMs: 500, statementTimeoutMs: 500 }),
    log,
  )
})
afterEach(() => server.thaw())
afterAll(() => pool.end())

/** Opens every connection that the pool may have, and gives their backends. */
async function fill(): Promise<readonly number[]> {
  const found = Array.from({ length: 3 }, () => ask(pool, 'select pg_backend_pid() as pid, pg_sleep(0.05)'))
  const pids = (await Promise.all(found)).map(([row]) => Number(row?.['pid']))
  expect(new Set(pids).size).toBe(3)
  return pids
}

const outcomes = async (acts: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
  (await Promise.allSettled(acts)).map((act) => (act.status === 'rejected' ? act.reason : act.value))

async function expectService(): Promise<void> {
  const answers = Array.from({ length: 6 }, () => ask(pool, 'select 1 as one'))
  expect(await Promise.all(answers)).toEqual(answers.map(() => [{ one: 1 }]))
  await new GroupCommitAuditTrail(pool, anAuditChain()).record(auditEvent())
}

describe('a frozen server', () => {
  it('is unavailable on open connections and on new ones, and serves again when it wakes', async () => {
    const backends = await fill()
    const trail = new GroupCommitAuditTrail(pool, anAuditChain())
    const begun = Promise.withResolvers<void>()
    const frozen = Promise.withResolvers<void>()
    const transaction = openDatabase(pool)
      .transaction()
      .execute(async (inside) => {
        await inside.insertInto('audit_events').values(ROW).execute()
        begun.resolve()
        await frozen.promise
        await inside.insertInto('audit_events').values(ROW).execute()
      })
    await begun.promise
    server.freeze(backends)
    frozen.resolve()
    // All connections there are never answer, and when they are given up, there are no new ones.
    const acts = [transaction, ...Array.from({ length: 8 }, () => ask(pool, 'select 1')), trail.record(auditEvent())]
    expect(await outcomes(acts)).toEqual(acts.map(() => expect.any(Unavailable)))
    expect(await outcomes([ask(pool, 'select 1')])).toEqual([expect.any(Unavailable)])
    server.thaw()
    await expectService()
    await trail.record(auditEvent())
    expect(await ask(pool, `select from audit_events where actor = 'lost'`)).toEqual([])
  })
})

describe('a killed server', () => {
  it('fails what is under way, is unavailable while it is away, and serves again when it is back', async () => {
    await fill()
    const underWay = Array.from({ length: 3 }, () => ask(pool, 'select pg_sleep(10)'))
    const waiting = Array.from({ length: 3 }, () => ask(pool, 'select 1'))
    const failed = outcomes([...underWay, ...waiting])
    await server.kill()
    expect(await failed).toEqual(Array.from({ length: 6 }, () => expect.any(Unavailable)))
    expect(await outcomes([ask(pool, 'select 1')])).toEqual([expect.any(Unavailable)])
    await server.restart()
    await expectService()
  })

  it('serves again after a restart that nobody noticed', async () => {
    await fill()
    await server.restart()
    await outcomes(Array.from({ length: 3 }, () => ask(pool, 'select 1')))
    await expectService()
  })

  it('is unavailable to a migration that waits', async () => {
    const held = await holdTransaction(server.url(), `select pg_advisory_xact_lock(hashtext('ac-service migrations'))`)
    const failing = migrate(settingsFor(server.url()), log).catch((error: unknown) => error)
    await eventually(async () => {
      const found = await runSql(server.url(), `select from pg_stat_activity where wait_event = 'advisory'`)
      return found.length > 0
    })
    await server.kill()
    expect(await failing).toBeInstanceOf(Unavailable)
    await held.commit()
    await server.restart()
  })

  it('is unavailable in the middle of a transaction, of which nothing stays', async () => {
    const db = openDatabase(pool)
    const transaction = db.transaction().execute(async (inside) => {
      await inside.insertInto('audit_events').values(ROW).execute()
      await server.kill()
      await inside.insertInto('audit_events').values(ROW).execute()
    })
    await expect(transaction).rejects.toThrow(Unavailable)
    await server.restart()
    expect(await ask(pool, `select from audit_events where actor = 'lost'`)).toEqual([])
  })
})

const ROW = {
  writer: 'fa4e0000-0001-8000-8000-000000000000' as WriterId,
  sequence: '1',
  previous_hash: Buffer.alloc(32),
  hash: Buffer.alloc(32),
  occurred_at: new Date(),
  type: 'token.issued',
  outcome: 'success',
  actor: 'lost',
  reason: null,
  target: null,
  request_id: null,
  source: null,
  trace_id: null,
} as const
