import { anAuditChain } from '@ac/audit/testing'
import { auditEvent } from '@ac/kernel/testing'
import { describe, expect, it } from '@jest/globals'
import { ensureAuditPartitions } from '../audit/audit-partitions.ts'
import { GroupCommitAuditTrail } from '../audit/group-commit-audit-trail.ts'
import { pendingMigrations } from '../migrations/schema-migrator.ts'
import { ask } from '../../test/ask.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'

const database = useMigratedDatabase()

const run = (text: string) => ask(database.pool(), text)

describe('the service, logged in as the owner of the tables', () => {
  it('works as the service role', async () => {
    expect(await run('select current_user::text as worker')).toEqual([{ worker: 'ac_service' }])
    const [login] = await run('select session_user::text as login')
    expect(login).not.toEqual({ login: 'ac_service' })
  })

  it.each([
    'update audit_events set actor = null',
    'delete from audit_events',
    'truncate audit_events',
    'select * from audit_events for update',
    'select * from audit_events_default',
    'delete from audit_events_default',
    'update audit_trail set id = default',
    'insert into audit_trail default values',
    'drop table audit_events',
    'drop table audit_events_default',
    'alter table audit_events detach partition audit_events_default',
    'alter table audit_events disable trigger all',
    'delete from signing_keys',
    'truncate signing_keys, clients, client_secrets, tokens_not_before',
    'truncate revoked_tokens',
    'delete from tokens_not_before',
    'drop table clients',
    'alter table clients add column x text',
    'drop index signing_keys_one_active',
    'create index on clients (client_name)',
    'truncate failed_authentications',
    'alter table failed_authentications set logged',
    'create table x (y text)',
    'create view x as select * from clients',
    'create function x() returns void language sql as $$ $$',
    'create schema x',
    'create role x',
    'alter function ensure_audit_partitions(integer) security invoker',
    `insert into schema_migrations values ('x', 'now')`,
    'delete from schema_migrations',
    'set session_replication_role = replica',
    `select pg_read_file('PG_VERSION')`,
  ])('may not: %s', async (statement) => {
    await expect(run(statement)).rejects.toMatchObject({ code: '42501' })
  })

  it('may do its work', async () => {
    await new GroupCommitAuditTrail(database.pool(), anAuditChain()).record(auditEvent())
    await ensureAuditPartitions(database.db())
    expect(await pendingMigrations(database.db())).toEqual([])
    expect(await run('select type from audit_events order by sequence desc limit 1')).toEqual([
      { type: 'token.issued' },
    ])
    for (const table of ['clients', 'client_secrets', 'signing_keys']) await run(`select * from ${table} for update`)
    for (const table of ['client_secrets', 'clients']) await run(`delete from ${table}`)
    await run('update signing_keys set retires_at = now()')
    await run(`insert into revoked_tokens values ('jti', now()) on conflict do nothing`)
    await run('insert into tokens_not_before values (null, now())')
    await run('update tokens_not_before set not_before = now()')
    await run('delete from revoked_tokens where token_id in (select token_id from revoked_tokens for update)')
    await run(`insert into failed_authentications values ('k', 1, 0) on conflict (key) do update set points = 2`)
    await run('delete from failed_authentications where key in (select key from failed_authentications for update)')
  })

  it('calls no function of the schema that its role was not given', async () => {
    const functions = await database.asOwner(
      `select proname::text, has_function_privilege('public', oid, 'execute') as public from pg_proc
       where pronamespace = 'public'::regnamespace`,
    )
    expect(functions.length).toBeGreaterThan(1)
    expect(functions.filter((each) => each['public'] === true)).toEqual([])
  })
})
