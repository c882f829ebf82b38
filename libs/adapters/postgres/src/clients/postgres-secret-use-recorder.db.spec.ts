import { aClient, aStoredSecret, secretUseRecorderContract } from '@ac/client-validation/testing'
import { secretId, Unavailable } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import { describe, expect, it } from '@jest/globals'
import { holdTransaction } from '../../test/hold-transaction.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { fromClientSecret } from './client-rows.ts'
import { PostgresClientRegistry } from './postgres-client-registry.ts'
import { PostgresClientSecretStore } from './postgres-client-secret-store.ts'
import { PostgresSecretUseRecorder } from './postgres-secret-use-recorder.ts'

const database = useMigratedDatabase()
const AT = new Date('2026-05-01T10:00:00.123Z')

async function start() {
  await database.empty()
  const store = new PostgresClientSecretStore(database.pool(), database.db())
  const secrets = [secretId('sec_a'), secretId('sec_b')] as const
  const [one, another] = secrets.map((id) => aStoredSecret({ id }))
  const client = aClient()
  if (!one || !another) throw new Error('two secrets are needed')
  await new PostgresClientRegistry(database.db(), store, database.transactions()).add(client, one, auditEvent())
  await database.db().insertInto('client_secrets').values(fromClientSecret(client, another)).execute()
  const newRecorder = () => new PostgresSecretUseRecorder(database.db())
  const used = async () => {
    const found = await store.find(client.id)
    return found?.secrets.map(({ id, lastUsedAt }) => [id, lastUsedAt])
  }
  return { recorder: newRecorder(), other: newRecorder(), store, client: client.id, secrets, used }
}

secretUseRecorderContract('PostgresSecretUseRecorder', start)

describe('PostgresSecretUseRecorder', () => {
  it('waits for nobody: a row that is locked is left for another time', async () => {
    const { recorder, secrets, used } = await start()
    const held = await holdTransaction(database.url(), `select from client_secrets where id = 'sec_a' for update`)
    for (const secret of secrets) recorder.note(secret, AT)
    await recorder.flush()
    expect(await used()).toEqual([
      ['sec_a', undefined],
      ['sec_b', AT],
    ])
    await held.commit()
  })

  it('keeps what it could not write for the next time', async () => {
    const { recorder, secrets, used } = await start()
    for (const secret of secrets) recorder.note(secret, AT)
    const held = await holdTransaction(database.url(), 'lock table client_secrets in access exclusive mode')
    await expect(recorder.flush()).rejects.toThrow(Unavailable)
    await held.commit()
    await recorder.flush()
    expect(await used()).toEqual(secrets.map((secret) => [secret, AT]))
  })

  it('writes thousands of them, a few statements in all', async () => {
    const { recorder, client } = await start()
    await database.asOwner(
      `insert into client_secrets
       select 'sec_' || n, $1, 'h', '', 'k', now(), null, null from generate_series(1, 1200) n`,
      [client],
    )
    for (let number = 1; number <= 1200; number++) recorder.note(secretId(`sec_${number}`), AT)
    await recorder.flush()
    const [row] = await database.asOwner('select count(*)::int as count from client_secrets where last_used_at = $1', [
      AT,
    ])
    expect(row).toEqual({ count: 1200 })
  })
})
