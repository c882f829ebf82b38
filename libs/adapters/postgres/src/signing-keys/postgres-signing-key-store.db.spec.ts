import { keyId } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import { aSigningKey, signingKeyStoreContract } from '@ac/key-rotation/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../test/eventually.ts'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { PostgresSigningKeyStore } from './postgres-signing-key-store.ts'

const database = useMigratedDatabase()

signingKeyStoreContract('PostgresSigningKeyStore', async () => {
  await database.empty()
  return { store: new PostgresSigningKeyStore(database.db()), events: () => database.events() }
})

const WAITING = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

const insert = (kid: string, status: string, age = '0'): Promise<unknown> =>
  database.asOwner(
    `insert into signing_keys (kid, status, public_key, sealed_private_key, created_at)
     values ($1, $2, '{}', '', now() - $3::interval)`,
    [kid, status, age],
  )

describe('the table of signing keys', () => {
  beforeEach(() => database.empty())

  it.each(['active', 'next'])('refuses a second %s key by itself, also where an update makes one', async (status) => {
    await insert('one', status)
    await insert('two', 'retiring')
    await expect(insert('three', status)).rejects.toMatchObject({ code: '23505' })
    const updated = database.asOwner(`update signing_keys set status = $1 where kid = 'two'`, [status])
    await expect(updated).rejects.toMatchObject({ code: '23505' })
  })

  it.each(['retiring', 'revoked'])('takes any number of %s keys', async (status) => {
    await insert('one', status)
    await insert('two', status)
    expect(await database.asOwner('select count(*)::int from signing_keys')).toEqual([{ count: 2 }])
  })

  it('refuses a status that nobody knows', async () => {
    await expect(insert('one', 'Active')).rejects.toMatchObject({ code: '23514' })
  })
})

describe('PostgresSigningKeyStore', () => {
  beforeEach(() => database.empty())

  it('lists every key, newest first', async () => {
    await insert('oldest', 'revoked', '2 days')
    await insert('older', 'retiring', '1 day')
    await insert('active', 'active')
    const keys = await new PostgresSigningKeyStore(database.db()).list()
    expect(keys.map(({ kid }) => kid)).toEqual(['active', 'older', 'oldest'])
  })

  it('lets one of four write, and refuses none, that begin while nobody can write', async () => {
    const holder = await holdTransaction(database.url(), 'lock table signing_keys in share mode')
    const store = new PostgresSigningKeyStore(database.db())
    const rivals = [1, 2, 3, 4].map((rival) =>
      store.initialise(
        {
          active: aSigningKey({ kid: keyId(`active ${rival}`) }),
          next: aSigningKey({ kid: keyId(`next ${rival}`) }),
        },
        [],
      ),
    )
    await eventually(async () => (await database.asOwner(WAITING)).length === rivals.length)
    await holder.commit()
    expect((await Promise.all(rivals)).filter((written) => written)).toHaveLength(1)
  })

  it('writes no keys over revoked ones', async () => {
    await insert('only', 'revoked')
    const { kid, ...rest } = aSigningKey()
    const keys = { active: { kid, ...rest }, next: { kid: keyId('next'), ...rest } }
    expect(await new PostgresSigningKeyStore(database.db()).initialise(keys, [auditEvent()])).toBe(false)
    expect(await database.events()).toEqual([])
  })

  it('keeps no keys whose events cannot be kept', async () => {
    await database.asOwner('revoke insert on audit_events from ac_service')
    const store = new PostgresSigningKeyStore(database.db())
    const keys = { active: aSigningKey(), next: aSigningKey({ kid: keyId('next') }) }
    await expect(store.initialise(keys, [auditEvent()])).rejects.toMatchObject({ code: '42501' })
    expect(await store.list()).toEqual([])
    await database.asOwner('grant insert on audit_events to ac_service')
  })
})
