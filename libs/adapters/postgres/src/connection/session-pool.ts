import { Unavailable, type Log } from '@ac/kernel'
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { Pool, type ClientBase, type PoolClient } from 'pg'
import { parseDatabaseUrl } from './database-address.ts'
import type { DatabaseSettings } from './database-settings.ts'
import { spoilsConnection, translateFailure } from './query-failure.ts'
import { SERVICE_ROLE } from './service-role.ts'

/** A connection is replaced after this time, so that a fail-over or a new DNS answer reaches every pool in the end. */
const MAX_LIFETIME_SECONDS = 1800
const IDLE_TIMEOUT_MS = 60_000
const LOCK_TIMEOUT_MS = 2000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000
/** The driver gives up this much later than the server, so that normally the server's clear error arrives first. */
const DRIVER_GRACE_MS = 500

const ASSUME_SERVICE_ROLE = `
  select set_config('role', rolname, false) from pg_roles
  where rolname = $1
    and pg_has_role(oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)`

/** A statement; one with a name is prepared under it, once on each connection. */
export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values?: readonly unknown[]
}

/** What a statement gave. */
export interface StatementResult<Row = Readonly<Record<string, unknown>>> {
  readonly rows: readonly Row[]
  /** Rows that were read or changed. */
  readonly rowCount: number
}

/**
 * A bounded pool of connections that heals: a connection is handed back together with the error that spoiled it, so a
 * half-open or read-only one is closed instead of being lent again. Failures come out as {@link Unavailable} when a
 * retry may help. Also serves as the pool under Kysely.
 */
export class SessionPool implements PostgresPool {
  readonly options: object
  readonly #pool: Pool

  /** @throws {InvalidDatabaseUrl} see {@link parseDatabaseUrl}; nothing is connected yet */
  constructor(settings: DatabaseSettings, log: Log) {
    const { acquireTimeoutMs, statementTimeoutMs } = settings
    this.#pool = new Pool({
      ...parseDatabaseUrl(settings.url.reveal(), settings.tls, settings.ca),
      max: settings.poolSize,
      connectionTimeoutMillis: acquireTimeoutMs,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
      keepAlive: true,
      application_name: settings.applicationName,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + DRIVER_GRACE_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      onConnect: assumeServiceRole,
    })
    this.options = { max: settings.poolSize }
    // An idle connection that breaks is no event for anybody: the pool drops it and the next caller opens another.
    this.#pool.on('error', (error) => log.debug('an idle database connection broke', { error: error.message }))
  }

  /**
   * Lends one connection; whoever takes it must release it.
   * @throws {Unavailable} none came free, or none could be opened, within the acquire time-out
   */
  async connect(): Promise<Session> {
    try {
      return new Session(await this.#pool.connect())
    } catch (error) {
      throw new Unavailable('database', { cause: error })
    }
  }

  /**
   * Runs one statement that each connection prepares once, under `name`.
   * @throws {Unavailable} a retry may help
   */
  async prepared<Row>(name: string, text: string, values: unknown[]): Promise<readonly Row[]> {
    const session = await this.connect()
    try {
      return await session.prepared<Row>(name, text, values)
    } finally {
      session.release()
    }
  }

  /** Waits for lent connections to come back, then closes all. */
  end(): Promise<void> {
    return this.#pool.end()
  }
}

/**
 * A lent connection. It remembers the failure that spoiled it, and answers whatever is asked of it afterwards with that,
 * at once: a rollback would only wait for the same time-out again, and closing the connection rolls back as well.
 */
export class Session implements PostgresPoolClient {
  readonly #client: PoolClient
  #spoiledBy: { readonly failure: unknown } | undefined

  constructor(client: PoolClient) {
    this.#client = client
    // The pool does not listen while a connection is lent, and an error that nobody listens to ends the process.
    client.on('error', this.#broke)
  }

  query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  query<Row>(
    text: string | PostgresCursor<Row>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof text !== 'string') throw new TypeError('cursors are not used here')
    const result: Promise<unknown> = this.#watch(() => this.#client.query(text, [...values]))
    return result as Promise<PostgresQueryResult<Row>>
  }

  async prepared<Row>(name: string, text: string, values: unknown[]): Promise<readonly Row[]> {
    const { rows } = await this.run<Row>({ name, text, values })
    return rows
  }

  async run<Row>({ name, text, values = [] }: Statement): Promise<StatementResult<Row>> {
    const named = { ...(name !== undefined && { name }), text, values: [...values] }
    const { rows, rowCount } = await this.#watch(() => this.#client.query(named))
    return { rows: rows as readonly Row[], rowCount: rowCount ?? 0 }
  }

  /** @param destroy close the connection even if no query failed */
  release(destroy = false): void {
    this.#client.off('error', this.#broke)
    this.#client.release(destroy || this.#spoiledBy !== undefined)
  }

  readonly #broke = (error: unknown): void => {
    this.#spoiledBy ??= { failure: translateFailure(error) }
  }

  async #watch<Result>(query: () => Promise<Result>): Promise<Result> {
    if (this.#spoiledBy) throw this.#spoiledBy.failure
    try {
      return await query()
    } catch (error) {
      const failure = translateFailure(error)
      if (spoilsConnection(error)) this.#spoiledBy = { failure }
      throw failure
    }
  }
}

/**
 * Gives up the rights of the login role for those of the service role, where the migrations could make one: even a
 * service that logs in as the owner of the tables then cannot change or delete audit events.
 * @returns a promise; the pool waits for it, although its types do not say so
 */
function assumeServiceRole(client: ClientBase): unknown {
  return client.query(ASSUME_SERVICE_ROLE, [SERVICE_ROLE])
}
