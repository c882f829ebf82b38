import { clientId, keyId, Overloaded, tokenId, Unavailable } from '@ac/kernel'
import { tokenStatesContract } from '@ac/token-validation/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { registerClient } from '../../test/register-client.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { PostgresTokenStates } from './postgres-token-states.ts'

const database = useMigratedDatabase()

const run = async (text: string, values: readonly unknown[]): Promise<void> =>
  void (await database.asOwner(text, values))

tokenStatesContract('PostgresTokenStates', async () => {
  await database.empty()
  return {
    states: new PostgresTokenStates(database.pool()),
    register: (id) => registerClient(database, id),
    setDisabled: (id, disabled) => run('update clients set disabled = $2 where client_id = $1', [id, disabled]),
    remove: (id) => run('delete from clients where client_id = $1', [id]),
    revoke: (id) => run(`insert into revoked_tokens values ($1, now() + interval '1 hour')`, [id]),
    revokeKey: (kid) =>
      run(
        `insert into signing_keys (kid, status, public_key, sealed_private_key) values ($1, 'revoked', '{}', '')
         on conflict (kid) do nothing`,
        [kid],
      ),
    setNotBefore: (moment, id) =>
      run('insert into tokens_not_before (client_id, not_before) values ($1, $2)', [id ?? null, moment]),
  }
})

describe('PostgresTokenStates', () => {
  const token = { id: tokenId('jti-1'), clientId: clientId('svc_1'), keyId: keyId('kid-1') }

  beforeEach(() => database.empty())

  it('holds nothing against keys that are in use, or retiring', async () => {
    await database.asOwner(
      `insert into signing_keys (kid, status, public_key, sealed_private_key)
       values ('a', 'active', '{}', ''), ('n', 'next', '{}', ''), ('r', 'retiring', '{}', '')`,
    )
    const states = new PostgresTokenStates(database.pool())
    for (const kid of ['a', 'n', 'r']) {
      expect(await states.read({ ...token, keyId: keyId(kid) })).toMatchObject({ keyRevoked: false })
    }
  })

  it('shares queries: a thousand concurrent reads take a few', async () => {
    const pool = database.pool()
    const statements: string[] = []
    const counting = {
      prepared: (name: string, text: string, values: unknown[]) => {
        statements.push(name)
        return pool.prepared(name, text, values)
      },
    } as unknown as ReturnType<typeof database.pool>
    const states = new PostgresTokenStates(counting)
    await Promise.all(Array.from({ length: 1000 }, () => states.read(token)))
    expect(statements.length).toBeLessThanOrEqual(3)
  })

  it('lets 2000 calls wait, and refuses the next one', async () => {
    const states = new PostgresTokenStates(database.pool())
    const calls = Array.from({ length: 2001 }, () => states.read(token))
    const errors = (await Promise.allSettled(calls)).flatMap((call) =>
      call.status === 'rejected' ? [call.reason] : [],
    )
    expect(errors).toEqual([expect.any(Overloaded)])
  })

  it('is unavailable while a table is locked, and reads again afterwards', async () => {
    const states = new PostgresTokenStates(database.pool())
    const held = await holdTransaction(database.url(), 'lock table revoked_tokens in access exclusive mode')
    await expect(states.read(token)).rejects.toThrow(Unavailable)
    await held.commit()
    expect(await states.read(token)).toMatchObject({ revoked: false })
  })

  it('finds a token by indices alone among many', async () => {
    await database.asOwner(`
      insert into revoked_tokens select 'jti-' || n, now() from generate_series(1, 20000) n;
      insert into clients select 'svc_' || n, 'a', null, null, '{}', '{}', '{}', 'client_secret_basic', null, false, now(), now()
        from generate_series(1, 20000) n;
      insert into tokens_not_before select 'svc_' || n, now() from generate_series(1, 20000) n;
      analyze revoked_tokens, clients, tokens_not_before`)
    const plan = await database.asOwner(
      `explain select exists (select from revoked_tokens where revoked_tokens.token_id = asked.token_id),
         clients.disabled, (select max(not_before) from tokens_not_before
           where coalesce(tokens_not_before.client_id, '') in (asked.client_id, ''))
       from unnest($1::text[], $2::text[]) as asked (token_id, client_id)
       left join clients on clients.client_id = asked.client_id`,
      [['jti-1'], ['svc_1']],
    )
    expect(JSON.stringify(plan)).not.toMatch(/Seq Scan on (?:revoked_tokens|clients|tokens_not_before)/)
  })
})
