import { keyId } from '@ac/kernel'
import { aSigningKey } from '@ac/key-rotation/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Client } from 'pg'
import { eventually } from '../../test/eventually.ts'
import { runSql } from '../../test/run-sql.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { PostgresSigningKeyStore } from './postgres-signing-key-store.ts'
import { SIGNING_KEY_CHANNEL } from './signing-key-channel.ts'

const database = useMigratedDatabase()
let listener: Client
let heard: string[] = []

beforeAll(async () => {
  listener = new Client({ connectionString: database.url() })
  // The database may be gone before this is.
  listener.on('error', () => {})
  listener.on('notification', ({ payload = '' }) => heard.push(payload))
  await listener.connect()
  await listener.query(`listen ${SIGNING_KEY_CHANNEL}`)
})
afterAll(() => listener.end())

/** How often changes were told. Messages come in the order of their commits, so a marker comes after all before it. */
async function told(): Promise<number> {
  await runSql(database.url(), `notify ${SIGNING_KEY_CHANNEL}, 'marker'`)
  await eventually(() => heard.includes('marker'))
  return heard.indexOf('marker')
}

describe('those who listen to signing keys', () => {
  beforeEach(async () => {
    await database.empty()
    await told()
    heard = []
  })

  it('are told of a change once, however many keys it writes', async () => {
    const store = new PostgresSigningKeyStore(database.db(), database.transactions())
    const write = ['one', 'two', 'three'].map((kid) => ({ ...aSigningKey({ status: 'retiring' }), kid: keyId(kid) }))
    await store.change(() => ({ result: undefined, write, events: [] }))
    expect(await told()).toBe(1)
  })

  it('are told of nothing when nothing is written, or what was written is taken back', async () => {
    const store = new PostgresSigningKeyStore(database.db(), database.transactions())
    await store.change(() => ({ result: undefined, write: [], events: [] }))
    const twice = [aSigningKey(), aSigningKey({ kid: keyId('other') })]
    await expect(store.change(() => ({ result: undefined, write: twice, events: [] }))).rejects.toThrow(Error)
    expect(await told()).toBe(0)
  })

  it('are told of what is done by hand', async () => {
    const store = new PostgresSigningKeyStore(database.db(), database.transactions())
    await store.change(() => ({ result: undefined, write: [aSigningKey()], events: [] }))
    await runSql(database.url(), `update signing_keys set status = 'revoked'`)
    await runSql(database.url(), 'delete from signing_keys')
    await runSql(database.url(), 'truncate signing_keys')
    expect(await told()).toBe(4)
  })
})
