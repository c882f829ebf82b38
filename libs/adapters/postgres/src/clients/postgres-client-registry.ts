import {
  ClientExists,
  type Client,
  type ClientPosition,
  type ClientRegistry,
  type ClientSecret,
  type ClientSecretStore,
  type ClientWithSecrets,
} from '@ac/client-validation'
import type { AuditEvent, ClientId } from '@ac/kernel'
import { DatabaseError } from 'pg'
import { AuditedTransactions } from '../audit/audited-transactions.ts'
import type { Database } from '../database.ts'
import { fromClient, fromClientSecret, groupByClient } from './client-rows.ts'
import { listClients } from './find-clients.ts'

const UNIQUE_VIOLATION = '23505'

/** Keeps clients in PostgreSQL. Every write is a transaction that holds its audit event too. */
export class PostgresClientRegistry implements ClientRegistry {
  readonly #db: Database
  readonly #secrets: Pick<ClientSecretStore, 'find'>
  readonly #transactions: AuditedTransactions

  constructor(
    db: Database,
    secrets: Pick<ClientSecretStore, 'find'>,
    transactions: AuditedTransactions = new AuditedTransactions(db),
  ) {
    this.#db = db
    this.#secrets = secrets
    this.#transactions = transactions
  }

  async add(client: Client, secret: ClientSecret, event: AuditEvent): Promise<void> {
    try {
      await this.#transactions.run(async (transaction) => {
        await transaction.insertInto('clients').values(fromClient(client)).execute()
        await transaction.insertInto('client_secrets').values(fromClientSecret(client, secret)).execute()
        return { result: undefined, events: [event] }
      })
    } catch (cause) {
      if (cause instanceof DatabaseError && cause.code === UNIQUE_VIOLATION) throw new ClientExists({ cause })
      throw cause
    }
  }

  get(id: ClientId): Promise<ClientWithSecrets | undefined> {
    return this.#secrets.find(id)
  }

  async list(limit: number, after?: ClientPosition): Promise<readonly ClientWithSecrets[]> {
    return [...groupByClient(await listClients(this.#db, limit, after).execute()).values()]
  }
}
