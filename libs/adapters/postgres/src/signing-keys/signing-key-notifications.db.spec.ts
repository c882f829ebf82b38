import { keyId } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { aSigningKey } from '@ac/key-rotation/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../test/eventually.ts'
import { runSql } from '../../test/run-sql.ts'
import { settingsFor } from '../../test/settings.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { NotificationListener } from '../notifications/notification-listener.ts'
import { PostgresSigningKeyStore } from './postgres-signing-key-store.ts'
import { SIGNING_KEY_CHANNEL } from './signing-key-channel.ts'

const database = useMigratedDatabase()
let listener: NotificationListener
let heard = 0

beforeAll(async () => {
  const options = { channel: SIGNING_KEY_CHANNEL, backOffMs: () => 50 }
  listener = new NotificationListener(settingsFor(database.url()), options, new RecordingLog())
  listener.start(() => heard++)
  await eventually(() => heard > 0)
})
afterAll(() => listener.stop())

/** Messages come in the order of their commits: what was told before this one is counted when it has come. */
async function told(): Promise<number> {
  const before = heard
  await runSql(database.url(), `notify ${SIGNING_KEY_CHANNEL}`)
  await eventually(() => heard > before)
  return heard
}

describe('those who listen to signing keys', () => {
  beforeEach(async () => {
    await database.empty()
    await told()
    heard = 0
  })

  it('are told of a change once, however many keys it writes', async () => {
    const store = new PostgresSigningKeyStore(database.db())
    const write = ['one', 'two', 'three'].map((kid) => ({ ...aSigningKey({ status: 'retiring' }), kid: keyId(kid) }))
    await store.change(() => ({ result: undefined, write, events: [] }))
    expect(await told()).toBe(2)
  })

  it('are told of nothing when nothing is written, or what was written is taken back', async () => {
    const store = new PostgresSigningKeyStore(database.db())
    await store.change(() => ({ result: undefined, write: [], events: [] }))
    const twice = [aSigningKey(), aSigningKey({ kid: keyId('other') })]
    await expect(store.change(() => ({ result: undefined, write: twice, events: [] }))).rejects.toThrow(Error)
    expect(await told()).toBe(1)
  })

  it('are told of what is done by hand', async () => {
    const store = new PostgresSigningKeyStore(database.db())
    await store.change(() => ({ result: undefined, write: [aSigningKey()], events: [] }))
    await runSql(database.url(), `update signing_keys set status = 'revoked'`)
    await runSql(database.url(), 'delete from signing_keys')
    await runSql(database.url(), 'truncate signing_keys')
    expect(await told()).toBe(5)
  })
})
