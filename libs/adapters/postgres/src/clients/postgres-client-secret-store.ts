import type { ClientSecretStore, ClientWithSecrets, SecretMac } from '@ac/client-validation'
import type { ClientId, SecretId } from '@ac/kernel'
import { BatchQueue } from '../batching/batch-queue.ts'
import { BATCH_PATIENCE_MS, type PatienceOfCaller } from '../batching/patience.ts'
import type { SessionPool } from '../connection/session-pool.ts'
import type { Database } from '../database.ts'
import { groupByClient } from './client-rows.ts'
import { compileFindClients, fromJson, type JsonRow } from './find-clients.ts'

const MAX_WAITING = 2000
const MAX_BATCH = 500
const MIN_INTERVAL_MS = 1

/**
 * Reads clients for authentication, always from the database. Concurrent reads share queries: what is asked for while
 * one is under way goes into the next, so a token costs a fraction of a round trip and still sees every commit before it.
 */
export class PostgresClientSecretStore implements ClientSecretStore {
  readonly #pool: SessionPool
  readonly #db: Database
  readonly #findClients: string
  readonly #reads: BatchQueue<ClientId, ClientWithSecrets | undefined>

  constructor(pool: SessionPool, db: Database, patience?: PatienceOfCaller) {
    this.#pool = pool
    this.#db = db
    this.#findClients = compileFindClients(db).sql
    this.#reads = new BatchQueue({
      name: 'client reads',
      maxWaiting: MAX_WAITING,
      maxBatch: MAX_BATCH,
      minIntervalMs: MIN_INTERVAL_MS,
      patience,
      run: (ids) => this.#findAll(ids),
    })
  }

  find(id: ClientId): Promise<ClientWithSecrets | undefined> {
    return this.#reads.submit(id)
  }

  async replaceMac(secret: SecretId, { keyId, mac }: SecretMac): Promise<void> {
    await this.#db
      .updateTable('client_secrets')
      .set({ mac: Buffer.from(mac), mac_key_id: keyId })
      .where('id', '=', secret)
      .execute()
  }

  /**
   * Whether any secret that still proves something has a MAC of another key than `keyId`.
   * @throws {Unavailable} the database does not answer
   */
  async anyMacNotUnder(keyId: string): Promise<boolean> {
    const found = await this.#db
      .selectFrom('client_secrets')
      .select('id')
      .where('mac_key_id', '<>', keyId)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', new Date())]))
      .limit(1)
      .executeTakeFirst()
    return found !== undefined
  }

  async #findAll(ids: readonly ClientId[]): Promise<readonly (ClientWithSecrets | undefined)[]> {
    // No text of PostgreSQL holds a NUL: a query with one fails, and with it the answers to everybody else.
    const asked = [...new Set(ids)].filter((id) => !id.includes('\0'))
    const { rows } = await this.#pool.run<JsonRow>({
      name: 'find-clients',
      text: this.#findClients,
      values: [asked],
      patienceMs: BATCH_PATIENCE_MS,
      repeatable: true,
    })
    const found = groupByClient(rows.map(fromJson))
    return ids.map((id) => found.get(id))
  }
}
