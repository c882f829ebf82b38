import { anAuditChain } from '@ac/audit/testing'
import { Unavailable } from '@ac/kernel'
import { auditEvent, RecordingLog } from '@ac/kernel/testing'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { ask } from '../../test/ask.ts'
import { runSql, type Row } from '../../test/run-sql.ts'
import { settingsFor } from '../../test/settings.ts'
import { SessionPool } from '../connection/session-pool.ts'
import { openDatabase } from '../database.ts'
import { migrate } from '../migrations/schema-migrator.ts'
import { ensureAuditPartitions } from './audit-partitions.ts'
import { GroupCommitAuditTrail } from './group-commit-audit-trail.ts'

/** An audit table in a database with another time zone than ours, with ways to look at it. */
function useAuditTable(zone: string) {
  const database = useTestDatabase()
  let opened: SessionPool | undefined
  const pool = (): SessionPool => {
    if (!opened) throw new Error('the pool is open in hooks and tests only')
    return opened
  }
  const asOwner = (text: string): Promise<readonly Row[]> => runSql(database.url(), text)
  beforeAll(async () => {
    const name = new URL(database.url()).pathname.slice(1)
    await asOwner(`alter database ${name} set timezone = '${zone}'`)
    await migrate(settingsFor(database.url()), new RecordingLog())
    opened = new SessionPool(settingsFor(database.url()), new RecordingLog())
  })
  afterAll(() => opened?.end())
  return {
    pool,
    asOwner,
    openAnother: () => new SessionPool(settingsFor(database.url()), new RecordingLog()),
    partitions: async (): Promise<readonly unknown[]> => {
      const rows = await asOwner(
        `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_events'::regclass order by 1`,
      )
      return rows.map((row) => row['name'])
    },
    dropMonths: async (...months: readonly number[]): Promise<void> => {
      await asOwner(months.map((away) => `drop table if exists ${nameOf(month(away))}`).join(';'))
    },
    /** Where events of these times end up, oldest first. */
    placesOf: async (...times: readonly Date[]): Promise<readonly unknown[]> => {
      const trail = new GroupCommitAuditTrail(pool(), anAuditChain())
      for (const occurredAt of times) await trail.record(auditEvent({ occurredAt }))
      const rows = await asOwner(
        `select tableoid::regclass::text as place from audit_events where type = 'token.issued' order by occurred_at`,
      )
      return rows.map((row) => row['place'])
    },
  }
}

const NOW = new Date()
const REST = 'audit_events_default'

/** The first moment of the month that is so many months away from this one, by the calendar of UTC. */
const month = (away: number): Date => new Date(Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() + away))
const nameOf = (date: Date): string => `audit_events_${date.toISOString().slice(0, 7).replace('-', '_')}`
const partitionsOf = (...months: readonly number[]): readonly string[] => [
  ...months.map((away) => nameOf(month(away))),
  REST,
]

// A month begins in Auckland half a day before it does in UTC, and in Los Angeles hours after.
describe.each(['Pacific/Auckland', 'America/Los_Angeles'])('the audit table in a database that lives in %s', (zone) => {
  const table = useAuditTable(zone)

  it('has partitions for this month and the next three from its first migration on', async () => {
    expect(await table.partitions()).toEqual(partitionsOf(0, 1, 2, 3))
  })

  it('divides months where UTC does', async () => {
    const [first, second] = [month(1), month(2)]
    const times = [new Date(first.getTime() - 1), first, new Date(second.getTime() - 1), second]
    const names = [nameOf(month(0)), nameOf(first), nameOf(first), nameOf(second)]
    expect(await table.placesOf(...times)).toEqual(names)
  })
})

describe('ensureAuditPartitions', () => {
  const table = useAuditTable('Pacific/Auckland')

  beforeEach(() => table.asOwner('truncate audit_events'))

  it('makes what is missing for this month and the next three, and nothing when nothing is', async () => {
    await table.dropMonths(0, 2)
    await ensureAuditPartitions(openDatabase(table.pool()))
    await ensureAuditPartitions(openDatabase(table.pool()))
    expect(await table.partitions()).toEqual(partitionsOf(0, 1, 2, 3))
  })

  it('makes each of them once when eight processes ask for them at once', async () => {
    await table.dropMonths(0, 1, 2, 3)
    const pools = Array.from({ length: 8 }, () => table.openAnother())
    await Promise.all(pools.map((pool) => ensureAuditPartitions(openDatabase(pool))))
    await Promise.all(pools.map((pool) => pool.end()))
    expect(await table.partitions()).toEqual(partitionsOf(0, 1, 2, 3))
  })

  it('is not needed for an event of any date to be taken', async () => {
    const times = [new Date(0), month(-1), month(0), month(30), new Date('9999-12-31T23:59:59.999Z')]
    expect(await table.placesOf(...times)).toEqual([REST, REST, nameOf(month(0)), REST, REST])
  })

  it('leaves a month in the default partition that has events there, and makes the others', async () => {
    await table.placesOf(month(5))
    await ask(table.pool(), 'select ensure_audit_partitions(6)')
    expect(await table.partitions()).toEqual(partitionsOf(0, 1, 2, 3, 4, 6))
    expect(await table.placesOf(month(5))).toEqual([REST, REST])
    await table.asOwner('truncate audit_events')
    await table.dropMonths(4, 6)
  })

  it('makes them for two years at most, whatever is asked for', async () => {
    await ask(table.pool(), 'select ensure_audit_partitions(2000000000)')
    await ask(table.pool(), 'select ensure_audit_partitions(-1)')
    expect(await table.partitions()).toEqual(partitionsOf(...Array.from({ length: 25 }, (_, away) => away)))
  })

  it('is unavailable without a database', async () => {
    const pool = new SessionPool(settingsFor('postgresql://u:p@127.0.0.1:1/ac'), new RecordingLog())
    await expect(ensureAuditPartitions(openDatabase(pool))).rejects.toThrow(Unavailable)
    await pool.end()
  })
})
