import { randomBytes } from 'node:crypto'
import { anAuditChain } from '@ac/audit/testing'
import { aClient, aStoredSecret, clientRegistryContract } from '@ac/client-validation/testing'
import { dropTestDatabase } from '@ac/embedded-postgres'
import { clientId, secretId } from '@ac/kernel'
import { auditEvent, RecordingLog } from '@ac/kernel/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { otherUrl } from '../../test/run-sql.ts'
import { settingsFor } from '../../test/settings.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { AuditedTransactions } from '../audit/audited-transactions.ts'
import { SessionPool } from '../connection/session-pool.ts'
import { openDatabase } from '../database.ts'
import { migrate } from '../migrations/schema-migrator.ts'
import { PostgresClientRegistry } from './postgres-client-registry.ts'
import { PostgresClientSecretStore } from './postgres-client-secret-store.ts'

const database = useMigratedDatabase()

const open = (): PostgresClientRegistry =>
  new PostgresClientRegistry(
    database.db(),
    new PostgresClientSecretStore(database.pool(), database.db()),
    database.transactions(),
  )

clientRegistryContract('PostgresClientRegistry', async () => {
  await database.empty()
  return { registry: open(), events: () => database.events() }
})

describe('PostgresClientRegistry', () => {
  beforeEach(() => database.empty())

  it('keeps no client whose event cannot be kept, and says why', async () => {
    await database.asOwner('revoke insert on audit_events from ac_service')
    const added = open().add(aClient(), aStoredSecret(), auditEvent())
    await expect(added).rejects.toMatchObject({ code: 'unavailable', reason: 'refused' })
    await database.asOwner('grant insert on audit_events to ac_service')
    expect(await open().list(10)).toEqual([])
  })

  it('orders ids by their bytes in a database that sorts as people do', async () => {
    const name = `ac_test_${randomBytes(8).toString('hex')}`
    await database.asOwner(`create database ${name} template template0 locale_provider icu icu_locale 'en'`)
    const settings = settingsFor(otherUrl(database.url(), { database: name }))
    await migrate(settings, new RecordingLog())
    const pool = new SessionPool(settings, new RecordingLog())
    const db = openDatabase(pool)
    const registry = new PostgresClientRegistry(
      db,
      new PostgresClientSecretStore(pool, db),
      new AuditedTransactions(db, anAuditChain()),
    )
    for (const [index, end] of [...'aBb'].entries()) {
      const client = aClient({ id: clientId(`svc_${'0'.repeat(21)}${end}`) })
      await registry.add(client, aStoredSecret({ id: secretId(`sec_${index}`) }), auditEvent())
    }
    const [first] = await registry.list(1)
    const rest = await registry.list(9, first?.client)
    await pool.end()
    await dropTestDatabase(database.url(), name)
    expect([first, ...rest].map((found) => found?.client.id.slice(-1))).toEqual(['B', 'a', 'b'])
  })
})
