import { AuditChain } from '@ac/audit'
import { HmacChainKey, pooledRandomBytes } from '@ac/crypto'
import {
  AuditedTransactions,
  PostgresClientRegistry,
  PostgresClientSecretStore,
  PostgresSigningKeyStore,
  PostgresStoredTrail,
  migrate,
  openDatabase,
  SessionPool,
} from '@ac/postgres'
import type { ClientMetadata } from '@ac/client-validation'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { Secret } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { afterAll, beforeAll } from '@jest/globals'
import { HASH_SECRET } from './service-environment.ts'
import { registerClient, type RegisteredClient } from './registered-client.ts'

/** The database under a service, seen by its owner: what a test prepares there, and what it finds. */
export class ServiceDatabase {
  readonly url: string
  readonly #pool: SessionPool
  readonly #transactions: AuditedTransactions

  constructor(url: string) {
    this.url = url
    this.#pool = new SessionPool({ ...settingsOf(url), poolSize: 2 }, new RecordingLog())
    this.#transactions = new AuditedTransactions(openDatabase(this.#pool), newChain())
  }

  /** Brings the schema up to date. */
  async migrate(): Promise<void> {
    await migrate({ ...settingsOf(this.url), poolSize: 2 }, new RecordingLog())
  }

  /** Runs one statement with parameters, or several without, by the full rights of the login. */
  async query<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const session = await this.#pool.connect()
    try {
      await session.query('reset role', [])
      const { rows } = await session.query<Row>(text, values)
      return rows
    } finally {
      session.release()
    }
  }

  /** Whatever `act` gives, done while nobody else can read or write `table`. */
  async whileLocked<T>(table: string, act: () => Promise<T>): Promise<T> {
    const session = await this.#pool.connect()
    try {
      await session.query('reset role', [])
      await session.query(`begin; lock table ${table} in access exclusive mode`, [])
      return await act()
    } finally {
      session.release(true)
    }
  }

  /** How many statements of the service wait for a lock now. */
  async waiting(): Promise<number> {
    const rows = await this.query(
      `select from pg_stat_activity
       where application_name = 'ac-service' and datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows.length
  }

  /** A new client with one secret. */
  register(metadata: Partial<ClientMetadata> = {}): Promise<RegisteredClient> {
    const db = openDatabase(this.#pool)
    const secrets = new PostgresClientSecretStore(this.#pool, db)
    return registerClient(new PostgresClientRegistry(db, secrets, this.#transactions), metadata)
  }

  /** Its audit trail, as it lies there. */
  storedTrail(): PostgresStoredTrail {
    return new PostgresStoredTrail(openDatabase(this.#pool))
  }

  /** Its signing keys, as the service stores them. */
  signingKeys(): PostgresSigningKeyStore {
    return new PostgresSigningKeyStore(openDatabase(this.#pool), this.#transactions)
  }

  /** Every row of every table, as text. */
  async dump(): Promise<string> {
    const tables = await this.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`,
    )
    const dumps = tables.map(async ({ name }) => {
      const rows = await this.query<{ row: string }>(`select t::text as row from ${name} t order by 1`)
      return [name, ...rows.map(({ row }) => row)].join('\n')
    })
    return (await Promise.all(dumps)).join('\n')
  }

  close(): Promise<void> {
    return this.#pool.end()
  }
}

/** Gives the calling block or file a database of its own, migrated unless told otherwise. */
export function useServiceDatabase({ migrated = true }: { readonly migrated?: boolean } = {}): () => ServiceDatabase {
  const testDatabase = useTestDatabase()
  let database: ServiceDatabase | undefined
  beforeAll(async () => {
    database = new ServiceDatabase(testDatabase.url())
    if (migrated) await database.migrate()
  })
  afterAll(() => database?.close())
  return () => {
    if (!database) throw new Error('the database exists in hooks and tests only')
    return database
  }
}

const newChain = (): AuditChain =>
  new AuditChain({
    key: new HmacChainKey(HASH_SECRET),
    randomBytes: pooledRandomBytes,
    clock: () => new Date(),
  })

const settingsOf = (url: string) => ({
  url: new Secret(url),
  tls: 'disable' as const,
  ca: undefined,
  acquireTimeoutMs: 5000,
  statementTimeoutMs: 10_000,
  applicationName: 'ac-service tests',
})
