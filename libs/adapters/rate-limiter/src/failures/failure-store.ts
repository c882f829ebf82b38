import { RateLimiterPostgres } from 'rate-limiter-flexible'
import type { CountedWindow } from './known-windows.ts'

/** One prepared statement, as the driver takes it. */
export interface Statement {
  /** Under which each connection prepares the text once. */
  readonly name?: string
  readonly text: string
  readonly values?: readonly unknown[]
}

/** What a statement gave. */
export interface StatementResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly rowCount: number
}

/** Runs statements on PostgreSQL, with the rights of the service. Rejects when one fails. */
export interface StatementClient {
  query(statement: Statement): Promise<StatementResult>
}

/** The table, which a migration makes: the service may not. Its columns are those of `RateLimiterPostgres`. */
const TABLE = 'failed_authentications'

const PURGE = `
  delete from ${TABLE} where key in (
    select key from ${TABLE} where expire < $1 order by expire limit $2 for update skip locked)`
const PURGE_BATCH = 1000

/** Keeps the counts of all processes in PostgreSQL. Keys are stored as they are given: give none that tells anything. */
export class FailureStore {
  readonly #client: StatementClient
  readonly #counts: RateLimiterPostgres

  constructor(client: StatementClient, windowSeconds: number) {
    this.#client = client
    this.#counts = new RateLimiterPostgres({
      storeClient: client,
      storeType: 'client',
      tableName: TABLE,
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: '',
      duration: windowSeconds,
      // What is too much is for the caller to say.
      points: Number.MAX_SAFE_INTEGER,
    })
  }

  /** Counts once under `key`, in the window that is open or in a new one. */
  async add(key: string): Promise<CountedWindow> {
    const { consumedPoints, msBeforeNext } = await this.#counts.penalty(key)
    return { count: consumedPoints, endsAt: Date.now() + msBeforeNext }
  }

  /** Deletes what is over, a small batch at a time, so that nobody who counts waits long for it. */
  async purge(): Promise<void> {
    for (;;) {
      const { rowCount } = await this.#client.query({ text: PURGE, values: [Date.now(), PURGE_BATCH] })
      if (rowCount < PURGE_BATCH) return
    }
  }
}
