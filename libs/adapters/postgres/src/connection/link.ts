import { Socket } from 'node:net'
import { Client } from 'pg'
import { parseDatabaseUrl } from './database-address.ts'
import type { DatabaseSettings } from './database-settings.ts'
import { SERVICE_ROLE } from './service-role.ts'

const LOCK_TIMEOUT_MS = 2000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000
/** The driver gives up this much later than the server, so that normally the server's clear error arrives first. */
const DRIVER_GRACE_MS = 500
/** An idle connection whose other end is gone without a word is found out by the system after some 20 s. */
const KEEP_ALIVE_DELAY_MS = 10_000
/** How long the server may take to close its side. */
const FAREWELL_MS = 1000

const ASSUME_SERVICE_ROLE = `
  select set_config('role', rolname, false) from pg_roles
  where rolname = $1
    and pg_has_role(oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)`

/** One open connection, as its pool sees it. */
export class Link {
  readonly client: Client
  /** When its opening began, by `performance.now()`. */
  readonly openedAt: number
  /** Told when the connection breaks, if anybody wants to know. */
  whenBroken: ((error: Error) => void) | undefined
  readonly #socket: Socket
  #brokenBy: Error | undefined

  private constructor(client: Client, socket: Socket, openedAt: number) {
    this.client = client
    this.#socket = socket
    this.openedAt = openedAt
    // An error that nobody listens to ends the process.
    client.on('error', (error) => {
      this.#brokenBy ??= error
      this.whenBroken?.(error)
    })
  }

  /**
   * Connects, within the acquire time-out. The URL is revealed anew each time: what it holds may have changed.
   *
   * The connection gives up the rights of the login role for those of the service role, where the migrations could make
   * one: even a service that logs in as the owner of the tables then cannot change or delete audit events.
   * @throws {InvalidDatabaseUrl} the URL is not acceptable
   * @throws the driver's, the server's or the system's error
   */
  static async open(settings: DatabaseSettings): Promise<Link> {
    const openedAt = performance.now()
    const socket = new Socket()
    const client = new Client(clientOptions(settings, socket))
    const link = new Link(client, socket, openedAt)
    try {
      await client.connect()
      const patience = Math.max(1, settings.acquireTimeoutMs - (performance.now() - openedAt))
      const statement = { text: ASSUME_SERVICE_ROLE, values: [SERVICE_ROLE], query_timeout: patience }
      await client.query(statement)
      return link
    } catch (error) {
      link.close()
      throw error
    }
  }

  /** What broke the connection; `undefined` as long as it is not known to be broken. */
  get brokenBy(): Error | undefined {
    return this.#brokenBy
  }

  /** Ends the connection, politely if the server answers soon. Keeps nobody waiting, and no process alive. */
  close(): void {
    this.whenBroken = undefined
    this.#socket.unref()
    void this.client.end().catch(() => undefined)
    const farewell = setTimeout(() => this.#socket.destroy(), FAREWELL_MS).unref()
    this.#socket.once('close', () => clearTimeout(farewell))
  }
}

const clientOptions = (settings: DatabaseSettings, socket: Socket) => ({
  ...parseDatabaseUrl(settings.url.reveal(), settings.tls, settings.ca),
  stream: () => socket,
  connectionTimeoutMillis: settings.acquireTimeoutMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  application_name: settings.applicationName,
  statement_timeout: settings.statementTimeoutMs,
  query_timeout: settings.statementTimeoutMs + DRIVER_GRACE_MS,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
})
