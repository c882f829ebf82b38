import { anAuditChain } from '@ac/audit/testing'
import { clientId, Unavailable } from '@ac/kernel'
import { auditEvent, RecordingLog } from '@ac/kernel/testing'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ask } from '../../test/ask.ts'
import { eventually } from '../../test/eventually.ts'
import { settingsFor } from '../../test/settings.ts'
import { TcpProxy } from '../../test/tcp-proxy.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { GroupCommitAuditTrail } from '../audit/group-commit-audit-trail.ts'
import { PostgresClientSecretStore } from '../clients/postgres-client-secret-store.ts'
import { openDatabase } from '../database.ts'
import { SessionPool } from './session-pool.ts'

const database = useMigratedDatabase()
let proxy: TcpProxy
let pool: SessionPool

function open(acquireTimeoutMs: number): SessionPool {
  const limits = { poolSize: 8, acquireTimeoutMs, statementTimeoutMs: 5000 }
  return new SessionPool(settingsFor(proxy.through(database.url()), limits), new RecordingLog())
}

beforeEach(async () => {
  proxy = await TcpProxy.before(database.url())
  pool = open(10_000)
})
afterEach(async () => {
  proxy.close()
  await pool.end()
})

/** Opens as many connections as `count` sleeping statements need. */
const fill = (count: number) => Promise.all(Array.from({ length: count }, () => ask(pool, 'select pg_sleep(0.05)')))

/** How `act` ended, and after how many milliseconds. */
async function timed(act: Promise<unknown>): Promise<{ readonly failure: unknown; readonly ms: number }> {
  const begin = performance.now()
  const failure = await act.then(
    () => undefined,
    (error: unknown) => error,
  )
  return { failure, ms: performance.now() - begin }
}

/** Both acts of a token, again and again for so long: how each ended. */
async function tokens(forMs: number) {
  const store = new PostgresClientSecretStore(pool, openDatabase(pool))
  const trail = new GroupCommitAuditTrail(pool, anAuditChain())
  const begin = performance.now()
  const ends: { readonly failure: unknown; readonly ms: number; readonly begunAt: number }[] = []
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      while (performance.now() - begin < forMs) {
        const begunAt = performance.now() - begin
        const act = async () => {
          await store.find(clientId('svc_a'))
          await trail.record(auditEvent())
        }
        ends.push({ ...(await timed(act())), begunAt })
      }
    }),
  )
  return ends
}

describe('when the open connections go silent and new ones work', () => {
  it('everybody is answered soon, and new connections take over before one query time-out is over', async () => {
    await fill(8)
    proxy.silence()
    const ends = await tokens(4000)
    const failed = ends.filter(({ failure }) => failure !== undefined)
    for (const { failure } of failed) expect(failure).toBeInstanceOf(Unavailable)
    // Twice 1.5 s, one for each of two acts, on a machine that may be slow.
    expect(Math.max(...ends.map(({ ms }) => ms))).toBeLessThan(4000)
    expect(failed.filter(({ begunAt }) => begunAt > 3000)).toEqual([])
    expect(ends.filter(({ failure }) => failure === undefined).length).toBeGreaterThan(10)
  })

  it('not one connection of before is lent again', async () => {
    await fill(8)
    proxy.silence()
    await Promise.allSettled([pool.run({ text: 'select 1', patienceMs: 100 })])
    const begin = performance.now()
    await fill(8)
    expect(performance.now() - begin).toBeLessThan(4000)
  })

  it('who reads does not even notice', async () => {
    await fill(3)
    proxy.silence()
    const read = pool.run({ text: 'select 1 as one', patienceMs: 500, repeatable: true })
    expect((await read).rows).toEqual([{ one: 1 }])
  })
})

describe('when nothing answers any more', () => {
  it('everybody is told within the longest patience, few connections are tried, and it heals at once', async () => {
    await pool.end()
    pool = open(1000)
    await fill(8)
    proxy.silence()
    proxy.swallowNew = true
    const before = proxy.accepted
    const ends = await tokens(4000)
    for (const { failure, ms } of ends) {
      expect(failure).toBeInstanceOf(Unavailable)
      expect(ms).toBeLessThan(2500)
    }
    // An attempt takes a second, and there is one at a time.
    expect(proxy.accepted - before).toBeLessThanOrEqual(8)
    proxy.swallowNew = false
    const begin = performance.now()
    await eventually(async () => (await timed(ask(pool, 'select 1'))).failure === undefined)
    expect(performance.now() - begin).toBeLessThan(3000)
  })
})

describe('when connections are reset', () => {
  it('who reads does not notice', async () => {
    await fill(4)
    const read = pool.run({ text: 'select 1 as one, pg_sleep(0.2)', repeatable: true })
    await eventually(async () => {
      const busy = await database.asOwner(`select from pg_stat_activity where state = 'active' and query like '%0.2%'`)
      return busy.length > 1
    })
    proxy.reset()
    expect((await read).rows).toMatchObject([{ one: 1 }])
  })

  it('who writes is told, once: what was written is not known', async () => {
    const write = pool.run({ text: 'select pg_sleep(5)' }).catch((error: unknown) => error)
    await eventually(() => proxy.accepted > 0)
    await eventually(async () => {
      const busy = await database.asOwner(`select from pg_stat_activity where query = 'select pg_sleep(5)'`)
      return busy.length > 0
    })
    proxy.reset()
    expect(await write).toBeInstanceOf(Unavailable)
    expect(await ask(pool, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})
