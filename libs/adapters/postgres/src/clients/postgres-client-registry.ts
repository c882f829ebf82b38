import {
  ClientExists,
  UnknownClient,
  type Client,
  type ClientChange,
  type ClientPosition,
  type ClientRegistry,
  type ClientSecret,
  type ClientSecretStore,
  type ClientWithSecrets,
} from '@ac/client-validation'
import type { AuditEvent, ClientId } from '@ac/kernel'
import { DatabaseError } from 'pg'
import type { AuditedTransactions } from '../audit/audited-transactions.ts'
import type { Database } from '../database.ts'
import { fromClient, fromClientSecret, groupByClient } from './client-rows.ts'
import { changeSecrets } from './change-secrets.ts'
import { findClient, listClients } from './find-clients.ts'

const UNIQUE_VIOLATION = '23505'

/** Keeps clients in PostgreSQL. Every write is a transaction that holds its audit event too. */
export class PostgresClientRegistry implements ClientRegistry {
  readonly #db: Database
  readonly #secrets: Pick<ClientSecretStore, 'find'>
  readonly #transactions: Pick<AuditedTransactions, 'run'>

  constructor(db: Database, secrets: Pick<ClientSecretStore, 'find'>, transactions: Pick<AuditedTransactions, 'run'>) {
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

  change(id: ClientId, decide: (found: ClientWithSecrets) => ClientChange | undefined): Promise<ClientWithSecrets> {
    return this.#transactions.run(async (transaction) => {
      const found = await lock(transaction, id)
      const change = decide(found)
      if (!change) return { result: found, events: [] }
      const { client_id, ...fields } = fromClient(change.client)
      await transaction.updateTable('clients').set(fields).where('client_id', '=', client_id).execute()
      if (change.secrets) await changeSecrets(transaction, change.client, change.secrets)
      return { result: await read(transaction, id), events: change.events }
    })
  }

  remove(id: ClientId, decide: (found: ClientWithSecrets) => AuditEvent): Promise<void> {
    return this.#transactions.run(async (transaction) => {
      const event = decide(await lock(transaction, id))
      await transaction.deleteFrom('clients').where('client_id', '=', id).execute()
      return { result: undefined, events: [event] }
    })
  }

  async list(limit: number, after?: ClientPosition): Promise<readonly ClientWithSecrets[]> {
    return [...groupByClient(await listClients(this.#db, limit, after).execute()).values()]
  }
}

/**
 * The client as it is, and as nobody else can change it until the transaction ends. Locked first and read afterwards: a
 * single query that had to wait for the lock would join the client with the secrets of before its wait.
 */
async function lock(transaction: Database, id: ClientId): Promise<ClientWithSecrets> {
  // No text of PostgreSQL holds a NUL.
  if (id.includes('\0')) throw new UnknownClient()
  await transaction.selectFrom('clients').select('client_id').where('client_id', '=', id).forUpdate().execute()
  return read(transaction, id)
}

async function read(transaction: Database, id: ClientId): Promise<ClientWithSecrets> {
  const found = groupByClient(await findClient(transaction, id).execute()).get(id)
  if (!found) throw new UnknownClient()
  return found
}
