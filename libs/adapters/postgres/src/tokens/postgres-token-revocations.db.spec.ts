import { AuditWriteFailed } from '@ac/audit'
import { clientId, tokenId, Unavailable } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import { tokenRevocationsContract } from '@ac/token-validation/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../test/eventually.ts'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { registerClient } from '../../test/register-client.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { PostgresTokenRevocations } from './postgres-token-revocations.ts'
import { PostgresTokenStates } from './postgres-token-states.ts'

const database = useMigratedDatabase()

const open = () => new PostgresTokenRevocations(database.db(), database.transactions())

tokenRevocationsContract('PostgresTokenRevocations', async () => {
  await database.empty()
  return {
    revocations: open(),
    states: new PostgresTokenStates(database.pool()),
    register: (id) => registerClient(database, id),
    now: async () => (await database.asOwner('select clock_timestamp() as now'))[0]?.['now'] as Date,
    events: async () => (await database.events()).filter(({ type }) => /^tokens?[.]revoked$/.test(type)),
  }
})

const CLIENT = clientId('svc_0123456789ABCDEFabcdef')
const TOKEN = { id: tokenId('jti-1'), expiresAt: new Date('2100-01-01T00:00:00.000Z') }

const count = async (table: string): Promise<number> => (await database.asOwner(`select from ${table}`)).length

describe('PostgresTokenRevocations', () => {
  beforeEach(() => database.empty())

  it('revokes nothing whose event cannot be kept', async () => {
    await registerClient(database, CLIENT)
    await database.asOwner('revoke insert on audit_events from ac_service')
    const attempts = [
      open().revoke(TOKEN, auditEvent()),
      open().revokeAllOf(CLIENT, auditEvent()),
      open().revokeAll(auditEvent()),
    ]
    for (const attempt of attempts) await expect(attempt).rejects.toThrow(AuditWriteFailed)
    await database.asOwner('grant insert on audit_events to ac_service')
    expect([await count('revoked_tokens'), await count('tokens_not_before')]).toEqual([0, 0])
  })

  it('is unavailable while another session holds the token, and says nothing of the outcome', async () => {
    const held = await holdTransaction(database.url(), `insert into revoked_tokens values ('jti-1', now())`)
    await expect(open().revoke(TOKEN, auditEvent())).rejects.toThrow(Unavailable)
    await held.commit()
    expect(await open().revoke(TOKEN, auditEvent())).toBe(false)
  })

  it('finds no client that is being removed', async () => {
    await registerClient(database, CLIENT)
    const held = await holdTransaction(database.url(), `delete from clients where client_id = '${CLIENT}'`)
    const revoked = open().revokeAllOf(CLIENT, auditEvent())
    await eventually(async () => (await waiting()) > 0)
    await held.commit()
    expect(await revoked).toBeUndefined()
  })

  it('forgets what belongs to a client when that is removed', async () => {
    await registerClient(database, CLIENT)
    await open().revokeAllOf(CLIENT, auditEvent())
    await open().revokeAll(auditEvent())
    await database.asOwner('delete from clients')
    expect(await database.asOwner('select client_id from tokens_not_before')).toEqual([{ client_id: null }])
  })

  it('never moves a moment back, whatever the clock does', async () => {
    await open().revokeAll(auditEvent())
    await database.asOwner(`update tokens_not_before set not_before = '2100-01-01T00:00:00Z'`)
    expect(await open().revokeAll(auditEvent())).toEqual(new Date('2100-01-01T00:00:00Z'))
  })
})

describe('a purge of revocations', () => {
  const left = async () =>
    (await database.asOwner('select token_id from revoked_tokens order by 1')).map((row) => row['token_id'])

  beforeEach(() => database.empty())

  it('forgets those of tokens that expired more than an hour ago, and no others', async () => {
    await database.asOwner(`
      insert into revoked_tokens values
        ('a', now() - interval '1 hour 1 second'), ('b', now() - interval '59 minutes'), ('c', now() + interval '1 hour')`)
    await open().purge()
    expect(await left()).toEqual(['b', 'c'])
  })

  it('takes as many batches as it needs, by several replicas at once, past a row that somebody holds', async () => {
    await database.asOwner(
      `insert into revoked_tokens select 't' || n, now() - interval '1 day' from generate_series(1, 5500) n`,
    )
    const held = await holdTransaction(database.url(), `select from revoked_tokens where token_id = 't7' for update`)
    await Promise.all([open().purge(), open().purge(), open().purge()])
    expect(await left()).toEqual(['t7'])
    await held.commit()
    await open().purge()
    expect(await left()).toEqual([])
  })

  it('finds them by an index', async () => {
    await database.asOwner(`
      insert into revoked_tokens select 't' || n, now() + interval '1 day' from generate_series(1, 20000) n;
      analyze revoked_tokens`)
    const plan = await database.asOwner(
      `explain select token_id from revoked_tokens where expires_at < now() - interval '1 hour'
       order by expires_at limit 1000 for update skip locked`,
    )
    expect(JSON.stringify(plan)).toContain('revoked_tokens_by_expiry')
  })
})

async function waiting(): Promise<number> {
  const rows = await database.asOwner(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length
}
