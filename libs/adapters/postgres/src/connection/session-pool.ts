import { Unavailable, type Log } from '@ac/kernel'
import type { PostgresPool } from 'kysely'
import { ConnectionGate } from './connection-gate.ts'
import { parseDatabaseUrl } from './database-address.ts'
import type { DatabaseSettings } from './database-settings.ts'
import { Link } from './link.ts'
import { concernsWholeServer } from './query-failure.ts'
import { Session } from './session.ts'
import type { Statement, StatementResult } from './statement.ts'
import { WaitingLine } from './waiting-line.ts'

/** A connection is replaced after this time, so that a fail-over or a new DNS answer reaches every pool in the end. */
const MAX_LIFETIME_MS = 1_800_000
const MAX_IDLE_MS = 60_000
const SWEEP_MS = 10_000
/** Once the pool ends, a lent connection has this long to come back. */
const END_GRACE_MS = 2000
/** As many connections, at least, may be opened one right after the other; else twice as many as the pool holds. */
const LEAST_BURST = 20

interface IdleLink {
  readonly link: Link
  readonly since: number
}

/**
 * A bounded pool of connections that heals. Failures come out as {@link Unavailable} when a retry may help. Also serves as
 * the pool under Kysely.
 *
 * Whoever asks waits in one line, for a connection that comes back or for one that is opened; a {@link ConnectionGate}
 * paces the opening. When an attempt fails and there is no connection at all, all who wait are told at once. A connection
 * is handed back together with the error that spoiled it, and closed. When one went silent, broke, or turned read-only, it
 * has likely happened to all: none that was opened before is lent again.
 */
export class SessionPool implements PostgresPool {
  readonly options: object
  readonly #settings: DatabaseSettings
  readonly #log: Log
  readonly #gate: ConnectionGate
  readonly #waiting = new WaitingLine<Session>()
  readonly #idle: IdleLink[] = []
  readonly #lent = new Set<Link>()
  #opening = 0
  #distrustedBefore = Number.NEGATIVE_INFINITY
  #heardAt = Number.NEGATIVE_INFINITY
  #retry: NodeJS.Timeout | undefined
  #sweep: NodeJS.Timeout | undefined
  #ended: PromiseWithResolvers<void> | undefined

  /** @throws {InvalidDatabaseUrl} see {@link parseDatabaseUrl}; nothing is connected yet */
  constructor(settings: DatabaseSettings, log: Log) {
    parseDatabaseUrl(settings.url.reveal(), settings.tls, settings.ca)
    this.#settings = settings
    this.#log = log
    this.#gate = new ConnectionGate(Math.max(LEAST_BURST, 2 * settings.poolSize))
    this.options = { max: settings.poolSize }
  }

  /** When the server last answered anything, by `performance.now()`. */
  get heardAt(): number {
    return this.#heardAt
  }

  /**
   * Lends one connection; whoever takes it must release it.
   * @throws {Unavailable} none came free, or none could be opened, within the acquire time-out
   */
  async connect(): Promise<Session> {
    if (this.#ended) throw new Unavailable('database', { cause: new Error('the pool has ended') })
    const link = this.#takeIdle()
    if (link) return this.#lend(link)
    const turn = this.#waiting.join(
      this.#settings.acquireTimeoutMs,
      () => new Unavailable('database', { cause: this.#gate.failure ?? new Error('no connection came free in time') }),
    )
    this.#openMore()
    return turn
  }

  /**
   * Runs one statement on a connection of its own.
   * @throws {Unavailable} a retry may help
   * @throws {DatabaseError} the database refuses the statement
   */
  async run<Row = Readonly<Record<string, unknown>>>(statement: Statement): Promise<StatementResult<Row>> {
    const session = await this.connect()
    try {
      return await session.run<Row>(statement)
    } catch (error) {
      if (!statement.repeatable || !session.spoiled) throw error
    } finally {
      session.release()
    }
    return this.run<Row>({ ...statement, repeatable: false })
  }

  /**
   * The rows of one statement that each connection prepares once, under `name`.
   * @throws {Unavailable} a retry may help
   * @throws {DatabaseError} the database refuses the statement
   */
  async prepared<Row>(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    return (await this.run<Row>({ name, text, values })).rows
  }

  /** Waits two seconds at most for lent connections to come back, and closes all: what still runs then is unavailable. */
  end(): Promise<void> {
    if (!this.#ended) {
      this.#ended = Promise.withResolvers()
      clearTimeout(this.#retry)
      clearInterval(this.#sweep)
      for (const { link } of this.#idle.splice(0)) link.close()
      this.#refuseAll(new Error('the pool has ended'))
      setTimeout(() => {
        for (const link of this.#lent) link.close()
      }, END_GRACE_MS).unref()
      this.#settleEnd()
    }
    return this.#ended.promise
  }

  #lend(link: Link): Session {
    this.#lent.add(link)
    return new Session(link, (lent, destroy, spoiledBy) => this.#takeBack(lent, destroy, spoiledBy))
  }

  #takeBack(link: Link, destroy: boolean, spoiledBy: unknown): void {
    this.#lent.delete(link)
    if (spoiledBy === undefined) this.#heardAt = performance.now()
    else if (concernsWholeServer(spoiledBy)) this.#distrustAll()
    if (destroy || spoiledBy !== undefined || this.#ended || !this.#isGood(link)) link.close()
    else this.#offer(link)
    this.#openMore()
    this.#settleEnd()
  }

  #offer(link: Link): void {
    if (this.#waiting.size > 0) {
      this.#waiting.serve(this.#lend(link))
      return
    }
    const idle = { link, since: performance.now() }
    link.whenBroken = (error) => {
      // No event for anybody: the next caller opens another.
      this.#log.debug('an idle database connection broke', { error: error.message })
      this.#idle.splice(this.#idle.indexOf(idle), 1)
      link.close()
    }
    this.#idle.push(idle)
    this.#sweep ??= setInterval(() => this.#closeStale(), SWEEP_MS).unref()
  }

  #takeIdle(): Link | undefined {
    for (;;) {
      const idle = this.#idle.pop()
      if (!idle) return undefined
      if (this.#isGood(idle.link)) return idle.link
      idle.link.close()
    }
  }

  /** Opens connections for those who wait, as far as there may be more of them. */
  #openMore(): void {
    clearTimeout(this.#retry)
    while (!this.#ended && this.#waiting.size > this.#opening && this.#size < this.#settings.poolSize) {
      const pause = this.#gate.pauseMs(this.#opening)
      if (pause > 0) {
        if (Number.isFinite(pause)) this.#retry = setTimeout(() => this.#openMore(), pause)
        return
      }
      void this.#open()
    }
  }

  async #open(): Promise<void> {
    this.#opening++
    this.#gate.began()
    const opened = await Link.open(this.#settings).catch((error: unknown) => ({ error }))
    this.#opening--
    if ('error' in opened) this.#failed(opened.error)
    else this.#opened(opened)
    this.#openMore()
    this.#settleEnd()
  }

  #opened(link: Link): void {
    this.#gate.succeeded()
    this.#heardAt = performance.now()
    if (this.#ended || !this.#isGood(link)) link.close()
    else this.#offer(link)
  }

  #failed(error: unknown): void {
    this.#gate.failed(error)
    // Nothing is left that they could wait for.
    if (this.#size === 0) this.#refuseAll(error)
  }

  #distrustAll(): void {
    this.#distrustedBefore = performance.now()
    for (const { link } of this.#idle.splice(0)) link.close()
  }

  #closeStale(): void {
    const now = performance.now()
    const kept = this.#idle.filter(({ link, since }) => this.#isGood(link) && now - since < MAX_IDLE_MS)
    for (const idle of this.#idle.splice(0, this.#idle.length, ...kept)) if (!kept.includes(idle)) idle.link.close()
  }

  #isGood({ brokenBy, openedAt }: Link): boolean {
    const age = performance.now() - openedAt
    return brokenBy === undefined && openedAt >= this.#distrustedBefore && age < MAX_LIFETIME_MS
  }

  /** Connections that there are or will be. */
  get #size(): number {
    return this.#idle.length + this.#lent.size + this.#opening
  }

  #refuseAll(cause: unknown): void {
    this.#waiting.refuseAll(() => new Unavailable('database', { cause }))
  }

  #settleEnd(): void {
    if (this.#lent.size === 0 && this.#opening === 0) this.#ended?.resolve()
  }
}
