import { auditEventReaderContract } from '@ac/audit/testing'
import type { AuditEventFilter, AuditEventPlace, WriterId } from '@ac/audit'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { putRows } from '../../test/chains.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { compileList, PostgresAuditEventReader } from './postgres-audit-event-reader.ts'

const database = useMigratedDatabase()

auditEventReaderContract('PostgresAuditEventReader', async (rows) => {
  await database.empty()
  await putRows(database, rows)
  return new PostgresAuditEventReader(database.db())
})

const LOADED_MS = 300_000
const THIS_MONTH = `date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'`

/** Of a million events most are tokens of a hundred thousand clients; one in a hundred is something else. */
const LOAD = `
  insert into audit_events (writer, sequence, previous_hash, hash, occurred_at, type, outcome, actor, target)
  select '10ad10ad-10ad-8000-8000-000000000000', n, sha256(n::text::bytea), sha256((n + 1)::text::bytea),
         ${THIS_MONTH} + random() * interval '20 days' + (n % 2) * interval '1 month',
         case when n % 100 = 0 then 'client.authentication_failed' else 'token.issued' end, 'success',
         case when n % 100 = 0 then null else 'svc_' || lpad((n % 100000)::text, 22, '0') end,
         case when n % 100 = 0 then 'svc_' || lpad((n / 100)::text, 22, '0') else md5(n::text) end
  from generate_series(1, 1000000) as n`

describe('a page of a million audit events', () => {
  beforeAll(async () => {
    await database.empty()
    await database.asOwner(LOAD)
    await database.asOwner('vacuum analyze audit_events')
  }, LOADED_MS)

  const CLIENT = 'svc_0000000000000000000042'
  const middle = new Date(Date.now() + 5 * 86_400_000)
  const after: AuditEventPlace = {
    occurredAt: middle,
    writer: '10ad10ad-10ad-8000-8000-000000000000' as WriterId,
    sequence: 1,
  }

  it.each<[string, AuditEventFilter, AuditEventPlace | undefined, string]>([
    ['of all', {}, undefined, 'occurred_at_idx'],
    ['of all, further on', {}, after, 'occurred_at_idx'],
    ['of tokens', { type: 'token.issued' }, after, 'occurred_at_idx'],
    ['of a type', { type: 'client.authentication_failed' }, undefined, 'type_occurred_at_idx'],
    ['of a type, further on', { type: 'client.authentication_failed' }, after, 'type_occurred_at_idx'],
    ['of a type that is never there', { type: 'audit.retention_applied' }, undefined, 'type_occurred_at_idx'],
    ['of a client', { client: CLIENT }, undefined, 'actor_occurred_at_idx'],
    ['of a client, further on', { client: CLIENT }, after, 'target_occurred_at_idx'],
    ['of a client and a type', { client: CLIENT, type: 'token.issued' }, undefined, 'actor_occurred_at_idx'],
    ['of a time', { from: new Date(middle.getTime() - 1000), until: middle }, undefined, 'occurred_at_idx'],
  ])('%s takes an index and reads little more than itself', async (_, filter, place, index) => {
    const { sql, parameters } = compileList(database.db(), filter, 101, place).compile()
    const rows = await database.asOwner(`explain (analyze, buffers, format text) ${sql}`, parameters)
    const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n')
    expect(plan).toContain(index)
    expect(plan).not.toMatch(/(?:Parallel )?Seq Scan on audit_events_\d{4}_\d\d\b.*actual time=\S+ rows=[1-9]/)
    const [, hit, read = '0'] = /Buffers: shared hit=(\d+)(?: read=(\d+))?/.exec(plan) ?? []
    expect(Number(hit) + Number(read)).toBeLessThan(2000)
  })

  it('looks at no partition outside its time', async () => {
    const from = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), 2))
    const until = new Date(from.getTime() + 86_400_000)
    const { sql, parameters } = compileList(database.db(), { from, until }, 101).compile()
    const rows = await database.asOwner(`explain ${sql}`, parameters)
    const scanned = rows.flatMap((row) => /on (audit_events_\w+)/.exec(String(row['QUERY PLAN']))?.[1] ?? [])
    const own = `audit_events_${from.toISOString().slice(0, 7).replace('-', '_')}`
    expect(new Set(scanned)).toEqual(new Set([own]))
  })
})
