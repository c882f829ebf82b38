import { aClient, aStoredSecret } from '@ac/client-validation/testing'
import { secretId, type ClientId } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import { PostgresClientRegistry } from '../src/clients/postgres-client-registry.ts'
import { PostgresClientSecretStore } from '../src/clients/postgres-client-secret-store.ts'
import type { MigratedDatabase } from './use-migrated-database.ts'

/** Registers a client of whom nothing but the id matters. */
export async function registerClient(database: MigratedDatabase, id: ClientId): Promise<void> {
  const secrets = new PostgresClientSecretStore(database.pool(), database.db())
  const registry = new PostgresClientRegistry(database.db(), secrets, database.transactions())
  await registry.add(aClient({ id }), aStoredSecret({ id: secretId(`sec_of_${id}`) }), auditEvent())
}
