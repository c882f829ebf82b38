import { parsePosition } from '@ac/audit'
import { anAuditChain, anEventArbitrary, chainWriterContract } from '@ac/audit/testing'
import { Unavailable } from '@ac/kernel'
import { auditEvent, RecordingLog } from '@ac/kernel/testing'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { sql } from 'kysely'
import { brokenLinks, storedChains } from '../../test/chains.ts'
import { deafProxy, type DeafProxy } from '../../test/deaf-proxy.ts'
import { settingsFor } from '../../test/settings.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { SessionPool } from '../connection/session-pool.ts'
import { openDatabase } from '../database.ts'
import { AuditedTransactions } from './audited-transactions.ts'
import { AUDIT_EVENT_COLUMNS } from './audit-event-rows.ts'
import { GroupCommitAuditTrail } from './group-commit-audit-trail.ts'

const database = useMigratedDatabase()
const newTrail = (pool = database.pool()) => new GroupCommitAuditTrail(pool, anAuditChain())
const tell = async (...targets: readonly string[]) => ({
  result: undefined,
  events: targets.map((target) => auditEvent({ target })),
})
const targets = async () =>
  [...(await storedChains(database)).values()].map((chain) => chain.map(({ event }) => event.target))

beforeEach(() => database.empty())
afterEach(expectUnbroken)

async function expectUnbroken(): Promise<void> {
  expect(await brokenLinks(database)).toEqual([])
}

/** The acts and checkpoints that a writer wrote, but for its beginning. */
const written = async () =>
  [...(await storedChains(database)).values()]
    .flat()
    .slice(1)
    .map(({ event }) => event)

chainWriterContract('GroupCommitAuditTrail', async () => ({ writer: newTrail(), committed: written }))
chainWriterContract('AuditedTransactions', async () => ({ writer: database.transactions(), committed: written }))

describe('an audit event in the database', () => {
  it('is sealed with every column that it has', async () => {
    const columns = await database.asOwner(
      `select column_name::text as name from information_schema.columns where table_name = 'audit_events'`,
    )
    expect(new Set(columns.map(({ name }) => name))).toEqual(new Set(AUDIT_EVENT_COLUMNS))
  })

  it('reads back as what was sealed, whatever it holds', async () => {
    const trail = newTrail()
    const events = fc.sample(anEventArbitrary, 300)
    await Promise.all(events.map((event) => trail.record(event)))
    const [chain] = (await storedChains(database)).values()
    expect(chain?.slice(1).map(({ event }) => event)).toEqual(events)
  })

  it.each([
    ['without a chain', `null, null, null, null`],
    ['without a hash', `gen_random_uuid(), 1, '', ''`],
    ['with a short hash', `gen_random_uuid(), 1, sha256('a'), '\\x00'`],
    ['before the first place', `gen_random_uuid(), 0, sha256('a'), sha256('b')`],
  ])('cannot be inserted %s', async (_, link) => {
    const insert = sql.raw(`
      insert into audit_events (writer, sequence, previous_hash, hash, occurred_at, type, outcome)
      values (${link}, now(), 'token.issued', 'success')`)
    await expect(insert.execute(database.db())).rejects.toMatchObject({ code: expect.stringMatching(/^23/) })
  })
})

describe('transactions with events', () => {
  it('leave no gap when one of them is rolled back, and none waits for another that is still at work', async () => {
    const transactions = database.transactions()
    const working = Promise.withResolvers<void>()
    const slow = transactions.run(async () => {
      await working.promise
      return tell('slow')
    })
    await transactions.run(() => tell('a', 'b'))
    await expect(transactions.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await transactions.run(() => tell('c'))
    await transactions.run(() => tell())
    working.resolve()
    await slow
    expect(await targets()).toEqual([[undefined, 'a', 'b', 'c', 'slow']])
  })

  it('that end at once are one chain, each with its events together', async () => {
    const transactions = database.transactions()
    const names = Array.from({ length: 12 }, (_, index) => `${index}`)
    await Promise.all(names.map((name) => transactions.run(() => tell(`${name} first`, `${name} second`))))
    const [chain = []] = await targets()
    expect(chain).toHaveLength(25)
    for (const name of names) expect(chain.indexOf(`${name} second`)).toBe(chain.indexOf(`${name} first`) + 1)
  })

  it('fail as a failed audit write when their events are refused, and go on in the same chain', async () => {
    const transactions = database.transactions()
    await transactions.run(() => tell('a'))
    await database.asOwner('revoke insert on audit_events from ac_service')
    await expect(transactions.run(() => tell('lost'))).rejects.toMatchObject({
      name: 'AuditWriteFailed',
      code: 'unavailable',
      dependency: 'audit trail',
      reason: 'refused',
    })
    await database.asOwner('grant insert on audit_events to ac_service')
    await transactions.run(() => tell('b'))
    expect(await targets()).toEqual([[undefined, 'a', 'b']])
  })

  it('go on in the same chain when the commit itself is refused', async () => {
    const transactions = database.transactions()
    await transactions.run(() => tell('a'))
    const refused = transactions.run(async (transaction) => {
      await sql`create temporary table doomed (n int unique deferrable initially deferred)`.execute(transaction)
      await sql`insert into doomed values (1), (1)`.execute(transaction)
      return tell('lost')
    })
    await expect(refused).rejects.toMatchObject({ code: '23505' })
    await transactions.run(() => tell('b'))
    expect(await targets()).toEqual([[undefined, 'a', 'b']])
  })
})

describe('a writer whose answers get lost', () => {
  let proxy: DeafProxy
  let pool: SessionPool
  beforeEach(async () => {
    proxy = await deafProxy(database.url())
    pool = new SessionPool(settingsFor(proxy.url, { poolSize: 2, statementTimeoutMs: 500 }), new RecordingLog())
  })
  afterEach(async () => {
    proxy.close()
    await pool.end()
  })

  /** The chain of before, and then the one that names its end. */
  async function expectContinued(): Promise<void> {
    const chains = [...(await storedChains(database)).values()]
    const [old = [], next = []] = chains.toSorted(
      ([one], [other]) => (one?.event.target ? 1 : 0) - (other?.event.target ? 1 : 0),
    )
    expect(old.map(({ event }) => event.target)).toEqual([undefined, 'a', 'unheard'])
    expect(next.map(({ event }) => event.target)).toEqual([expect.any(String), 'b'])
    expect(parsePosition(next[0]?.event.target ?? '')).toMatchObject({ sequence: 2, hash: old[1]?.hash })
  }

  it('continues in a new chain that names the end of the old one, when an INSERT was committed unheard', async () => {
    const trail = newTrail(pool)
    await trail.record(auditEvent({ target: 'a' }))
    proxy.deafenAt('insert-audit-events')
    await expect(trail.record(auditEvent({ target: 'unheard' }))).rejects.toMatchObject({ reason: 'unanswered' })
    proxy.hear()
    await trail.record(auditEvent({ target: 'b' }))
    await expectContinued()
  })

  it('continues in a new chain when a COMMIT was done unheard', async () => {
    const transactions = new AuditedTransactions(openDatabase(pool), anAuditChain())
    await transactions.run(() => tell('a'))
    proxy.deafenAt('commit')
    await expect(transactions.run(() => tell('unheard'))).rejects.toThrow(Unavailable)
    proxy.hear()
    await transactions.run(() => tell('b'))
    await expectContinued()
  })

  it('keeps its chain when it was not let in at all', async () => {
    const full = new SessionPool(settingsFor(proxy.url, { poolSize: 1, acquireTimeoutMs: 200 }), new RecordingLog())
    const trail = newTrail(full)
    await trail.record(auditEvent({ target: 'a' }))
    const held = await full.connect()
    await expect(trail.record(auditEvent({ target: 'lost' }))).rejects.toMatchObject({ reason: 'unreachable' })
    held.release()
    await trail.record(auditEvent({ target: 'b' }))
    await full.end()
    expect(await targets()).toEqual([[undefined, 'a', 'b']])
  })
})
