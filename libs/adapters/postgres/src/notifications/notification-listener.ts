import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@ac/kernel'
import { Client } from 'pg'
import { parseDatabaseUrl } from '../connection/database-address.ts'
import type { DatabaseSettings } from '../connection/database-settings.ts'

/** How often an idle connection is asked whether it still leads anywhere. */
const KEEP_ALIVE_MS = 5000

/** What a {@link NotificationListener} listens to, and how it comes back. */
export interface NotificationListenerOptions {
  /** An identifier of PostgreSQL's: lower case letters, digits and underscores. */
  readonly channel: string
  /** The pause before attempt number `attempt` (from 1) to connect again, in milliseconds. */
  readonly backOffMs: (attempt: number) => number
  readonly keepAliveMs?: number
}

/**
 * Hears what is told on one channel (LISTEN, NOTIFY), on a connection of its own that heals: when it breaks, is ended by
 * the server, or does not answer any more, another one takes its place. PostgreSQL keeps no message for a listener that
 * is away, so each new connection counts as a message too.
 */
export class NotificationListener {
  readonly #settings: DatabaseSettings
  readonly #options: NotificationListenerOptions
  readonly #log: Log
  readonly #stopping = new AbortController()
  #listening: Promise<void> = Promise.resolve()

  constructor(settings: DatabaseSettings, options: NotificationListenerOptions, log: Log) {
    this.#settings = settings
    this.#options = options
    this.#log = log
  }

  /**
   * Begins to listen. To be called once.
   * @param heard called for each message, and whenever messages may have been missed; must not throw
   */
  start(heard: () => void): void {
    this.#listening = this.#listen(heard)
  }

  /** Resolves when nothing will be heard any more, however the server behaves; the connection closes then. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#listening
  }

  async #listen(heard: () => void): Promise<void> {
    const { signal } = this.#stopping
    let failures = 0
    while (!signal.aborted) {
      const cause = await this.#listenOnce(() => {
        failures = 0
        heard()
      })
      if (signal.aborted) return
      failures++
      this.#log.debug('the connection that hears of changes broke; connecting again', {
        channel: this.#options.channel,
        cause: cause instanceof Error ? cause.message : undefined,
      })
      await sleep(this.#options.backOffMs(failures), undefined, { signal, ref: false }).catch(() => undefined)
    }
  }

  /** @returns why it listens no more */
  async #listenOnce(heard: () => void): Promise<unknown> {
    const { signal } = this.#stopping
    const client = this.#newClient()
    const { promise: ended, resolve: end } = Promise.withResolvers<unknown>()
    client.on('error', end)
    client.on('end', () => end(new Error('the connection ended')))
    signal.addEventListener('abort', end)
    try {
      const heardInTime = (): void => (signal.aborted ? undefined : heard())
      return await Promise.race([ended, this.#hear(client, heardInTime)])
    } catch (error) {
      return error
    } finally {
      signal.removeEventListener('abort', end)
      // Not waited for: a server that does not answer never closes its side.
      void client.end().catch(() => undefined)
    }
  }

  async #hear(client: Client, heard: () => void): Promise<never> {
    client.on('notification', heard)
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(this.#options.channel)}`)
    heard()
    // A connection whose other end is gone without a word stays open for ever, and silent, unless something is asked.
    for (;;) {
      await sleep(this.#options.keepAliveMs ?? KEEP_ALIVE_MS, undefined, { signal: this.#stopping.signal, ref: false })
      await client.query('select 1')
    }
  }

  #newClient(): Client {
    const { url, tls, ca, acquireTimeoutMs, statementTimeoutMs, applicationName } = this.#settings
    return new Client({
      ...parseDatabaseUrl(url.reveal(), tls, ca),
      application_name: `${applicationName} listener`,
      connectionTimeoutMillis: acquireTimeoutMs,
      query_timeout: statementTimeoutMs,
      keepAlive: true,
    })
  }
}
