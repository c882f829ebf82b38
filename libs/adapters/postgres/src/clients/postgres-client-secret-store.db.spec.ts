import { Overloaded, Unavailable, clientId, type SecretId } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import { aClient, aStoredSecret, clientSecretStoreContract } from '@ac/client-validation/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { fromClientSecret } from './client-rows.ts'
import { PostgresClientRegistry } from './postgres-client-registry.ts'
import { PostgresClientSecretStore } from './postgres-client-secret-store.ts'

const database = useMigratedDatabase()

const open = (): PostgresClientSecretStore => new PostgresClientSecretStore(database.pool(), database.db())

clientSecretStoreContract('PostgresClientSecretStore', async () => {
  await database.empty()
  const store = open()
  return {
    store,
    registry: new PostgresClientRegistry(database.db(), store, database.transactions()),
    disable: async (id) =>
      void (await database.asOwner('update clients set disabled = true where client_id = $1', [id])),
    addSecret: async (id, secret) =>
      void (await database
        .db()
        .insertInto('client_secrets')
        .values(fromClientSecret(aClient({ id }), secret))
        .execute()),
  }
})

describe('PostgresClientSecretStore', () => {
  const { id } = aClient()

  beforeEach(async () => {
    await database.empty()
    await new PostgresClientRegistry(database.db(), open(), database.transactions()).add(
      aClient(),
      aStoredSecret(),
      auditEvent(),
    )
  })

  it('finds clients on connections that were open when a newer build added a column', async () => {
    const store = open()
    // Each of the pool's connections has prepared the query.
    await Promise.all(Array.from({ length: 4 }, () => open().find(id)))
    await database.asOwner(
      'alter table clients add column added text; alter table client_secrets add column added text',
    )
    for (let call = 0; call < 8; call++) expect((await store.find(id))?.client.id).toBe(id)
  })

  it('finds a client without secrets', async () => {
    await database.asOwner('delete from client_secrets')
    expect(await open().find(id)).toMatchObject({ client: { id }, secrets: [] })
  })

  it('lets 2000 calls wait, and refuses the next one', async () => {
    const store = open()
    const calls = Array.from({ length: 2001 }, (_, index) => store.find(clientId(`svc_${index}`)))
    const errors = (await Promise.allSettled(calls)).flatMap((call) =>
      call.status === 'rejected' ? [call.reason] : [],
    )
    expect(errors).toEqual([expect.any(Overloaded)])
  })

  it('is unavailable while the table is locked, and finds again afterwards', async () => {
    const held = await holdTransaction(database.url(), 'lock table clients in access exclusive mode')
    await expect(open().find(id)).rejects.toThrow(Unavailable)
    await held.commit()
    expect((await open().find(id))?.client.id).toBe(id)
  })

  it('tells whether any secret that still proves something has a MAC of another key', async () => {
    const store = open()
    const { keyId } = aStoredSecret().mac
    const expire = (interval: string) =>
      database.asOwner('update client_secrets set expires_at = now() + $1::interval', [interval])
    expect([await store.anyMacNotUnder(keyId), await store.anyMacNotUnder('another')]).toEqual([false, true])
    await expire('1 hour')
    expect(await store.anyMacNotUnder('another')).toBe(true)
    await expire('-1 hour')
    expect(await store.anyMacNotUnder('another')).toBe(false)
    await database.empty()
    expect(await store.anyMacNotUnder(keyId)).toBe(false)
  })

  it('is no door for SQL in the id of a secret', async () => {
    const store = open()
    await store.replaceMac(`x' or '1'='1` as SecretId, { keyId: 'other', mac: new Uint8Array(32) })
    expect(await store.anyMacNotUnder(aStoredSecret().mac.keyId)).toBe(false)
  })
})
