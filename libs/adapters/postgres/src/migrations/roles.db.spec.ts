import { anAuditChain } from '@ac/audit/testing'
import { auditEvent, RecordingLog } from '@ac/kernel/testing'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ask } from '../../test/ask.ts'
import { eventually } from '../../test/eventually.ts'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { otherUrl, runSql } from '../../test/run-sql.ts'
import { settingsFor } from '../../test/settings.ts'
import { useOwnServer } from '../../test/use-own-server.ts'
import { ensureAuditPartitions } from '../audit/audit-partitions.ts'
import { GroupCommitAuditTrail } from '../audit/group-commit-audit-trail.ts'
import { SessionPool } from '../connection/session-pool.ts'
import { openDatabase } from '../database.ts'
import { migrate, pendingMigrations } from './schema-migrator.ts'

// Roles belong to a whole server, so these tests need one that knows no ac_service yet.
const server = useOwnServer()
const log = new RecordingLog()

const asSuperuser = (text: string) => runSql(server.url(), text)

/** Makes a login that owns a database of its own name, migrates it as that login, and gives its URL. */
async function migratedBy(owner: string, attributes = ''): Promise<string> {
  await asSuperuser(`create role ${owner} login password '${new URL(server.url()).password}' ${attributes}`)
  await asSuperuser(`create database ${owner} owner ${owner}`)
  const url = otherUrl(server.url(), { user: owner, database: owner })
  expect(await migrate(settingsFor(url), log)).not.toEqual([])
  return url
}

/** Does the work of the service, and tells the role that it worked as. */
async function worker(url: string): Promise<unknown> {
  const pool = new SessionPool(settingsFor(url), log)
  try {
    await new GroupCommitAuditTrail(pool, anAuditChain()).record(auditEvent())
    await ensureAuditPartitions(openDatabase(pool))
    expect(await pendingMigrations(openDatabase(pool))).toEqual([])
    const [row] = await ask(pool, 'select current_user::text as worker')
    return row?.['worker']
  } finally {
    await pool.end()
  }
}

async function dropServiceRole(...databases: readonly string[]): Promise<void> {
  for (const name of databases) await asSuperuser(`drop database ${name}`)
  await asSuperuser('drop role ac_service')
}

describe('an owner that may not create roles', () => {
  it('migrates, and the service works with its rights', async () => {
    expect(await worker(await migratedBy('plain_owner'))).toBe('plain_owner')
    expect(await asSuperuser(`select from pg_roles where rolname = 'ac_service'`)).toEqual([])
  })

  it('gives its rights to a service role that somebody else made and granted to the service', async () => {
    await asSuperuser('create role ac_service nologin')
    const url = await migratedBy('other_owner')
    expect(await worker(url)).toBe('other_owner')
    await asSuperuser(`create role service_login login password '${new URL(url).password}' in role ac_service`)
    expect(await worker(otherUrl(url, { user: 'service_login' }))).toBe('ac_service')
    await dropServiceRole('other_owner')
  })

  it('gives its rights to a service role that was made after the first migration, at the next one', async () => {
    const url = await migratedBy('early_owner')
    await asSuperuser('create role ac_service nologin')
    expect(await migrate(settingsFor(url), log)).toEqual([])
    await asSuperuser(`create role late_login login password '${new URL(url).password}' in role ac_service`)
    expect(await worker(otherUrl(url, { user: 'late_login' }))).toBe('ac_service')
    await dropServiceRole('early_owner')
  })
})

describe('an owner that may create roles', () => {
  it('makes the service role, and the service works as that', async () => {
    expect(await worker(await migratedBy('role_maker', 'createrole'))).toBe('ac_service')
  })

  it('leaves alone a role that somebody else made, and the service works with the rights of its login', async () => {
    expect(await worker(await migratedBy('late_role_maker', 'createrole'))).toBe('late_role_maker')
    await dropServiceRole('role_maker', 'late_role_maker')
  })
})

describe('databases of one server that are migrated for the first time at the same moment', () => {
  const names = ['one', 'two', 'three']
  const urls = () => names.map((name) => otherUrl(server.url(), { database: name }))

  beforeEach(async () => {
    for (const name of names) await asSuperuser(`create database ${name}`)
  })
  afterEach(() => dropServiceRole(...names))

  it('all end up with the service role', async () => {
    await Promise.all(urls().map((url) => migrate(settingsFor(url), log)))
    expect(await Promise.all(urls().map(worker))).toEqual(names.map(() => 'ac_service'))
  })

  it('do so even when each finds the role missing and another makes it first', async () => {
    const held = await holdTransaction(server.url(), 'create role ac_service nologin')
    const migrated = urls().map((url) => migrate(settingsFor(url), log))
    await eventually(async () => {
      const waiting = await asSuperuser(`select from pg_stat_activity where wait_event = 'transactionid'`)
      return waiting.length === names.length
    })
    await held.commit()
    await Promise.all(migrated)
    expect(await Promise.all(urls().map(worker))).toEqual(names.map(() => 'ac_service'))
  })
})
