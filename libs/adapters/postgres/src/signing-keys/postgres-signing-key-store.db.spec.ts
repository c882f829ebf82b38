import { keyId, Unavailable } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import type { KeySet, KeySetChange, SigningKeyStore } from '@ac/key-rotation'
import { aSigningKey, signingKeyStoreContract } from '@ac/key-rotation/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../test/eventually.ts'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { PostgresSigningKeyStore } from './postgres-signing-key-store.ts'

const database = useMigratedDatabase()
const newStore = () => new PostgresSigningKeyStore(database.db(), database.transactions())

/** A store of its own for each change, as if each were made by another process: only the database keeps them apart. */
const manyProcesses = (): SigningKeyStore => ({
  read: () => newStore().read(),
  change: (decide) => newStore().change(decide),
})

for (const [name, create] of Object.entries({
  PostgresSigningKeyStore: newStore,
  'PostgresSigningKeyStore in many processes': manyProcesses,
})) {
  signingKeyStoreContract(name, async () => {
    await database.empty()
    return { store: create(), events: () => database.events() }
  })
}

const WAITING = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
const LOCK = `select pg_advisory_xact_lock(hashtext('ac-service signing keys'))`

const insert = (kid: string, status: string, age = '0'): Promise<unknown> =>
  database.asOwner(
    `insert into signing_keys (kid, status, public_key, sealed_private_key, created_at)
     values ($1, $2, '{}', '', now() - $3::interval)`,
    [kid, status, age],
  )

/** Decides to change nothing. */
const look = (keySet: KeySet): KeySetChange<KeySet> => ({ result: keySet, write: [], events: [] })

/** Resolves when so many statements wait for a lock. */
const waiting = (count: number) => eventually(async () => (await database.asOwner(WAITING)).length === count)

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

  it('reads every key, newest first', async () => {
    await insert('oldest', 'revoked', '2 days')
    await insert('older', 'retiring', '1 day')
    await insert('active', 'active')
    const { keys } = await newStore().read()
    expect(keys.map(({ kid }) => kid)).toEqual(['active', 'older', 'oldest'])
  })

  it('keeps no keys whose events cannot be kept', async () => {
    await database.asOwner('revoke insert on audit_events from ac_service')
    const changed = newStore().change(() => ({ result: undefined, write: [aSigningKey()], events: [auditEvent()] }))
    await expect(changed).rejects.toMatchObject({ code: 'unavailable', reason: 'refused' })
    expect((await newStore().read()).keys).toEqual([])
    await database.asOwner('grant insert on audit_events to ac_service')
  })

  it('decides by the time after the wait for its turn, not by that before it', async () => {
    const holder = await holdTransaction(database.url(), LOCK)
    const changed = newStore().change(look)
    await waiting(1)
    const [row] = await database.asOwner('select clock_timestamp() as now')
    await holder.commit()
    expect((await changed).now.getTime()).toBeGreaterThanOrEqual(Number(row?.['now']))
  })

  it('decides by what somebody else commits by hand while it waits', async () => {
    await insert('one', 'active')
    const holder = await holdTransaction(database.url(), `update signing_keys set status = 'revoked'`)
    const changed = newStore().change(look)
    await waiting(1)
    await holder.commit()
    expect((await changed).keys.map(({ status }) => status)).toEqual(['revoked'])
  })

  it('lets only one change of a process wait in the database, and hold a connection there', async () => {
    const holder = await holdTransaction(database.url(), LOCK)
    const store = newStore()
    const changes = Array.from({ length: 20 }, () => store.change(look))
    await waiting(1)
    // The pool has four connections: more changes would show here, and this would find none.
    await Promise.all([1, 2, 3].map(() => store.read()))
    expect(await database.asOwner(WAITING)).toHaveLength(1)
    await holder.commit()
    await Promise.all(changes)
  })

  it('is unavailable when others hold the keys for too long, and then takes the next change', async () => {
    const holder = await holdTransaction(database.url(), LOCK)
    const store = newStore()
    const [refused, next] = [store.change(look), store.change(look)]
    await expect(refused).rejects.toBeInstanceOf(Unavailable)
    await holder.commit()
    expect((await next).keys).toEqual([])
  })

  it('goes on after a decision that throws', async () => {
    const store = newStore()
    const failed = store.change(() => {
      throw new Error('no')
    })
    const next = store.change(() => ({ result: keyId('done'), write: [], events: [] }))
    await expect(failed).rejects.toThrow('no')
    expect(await next).toBe('done')
  })
})
