import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type { Link } from './link.ts'
import { spoilsConnection, translateFailure } from './query-failure.ts'
import type { Statement, StatementResult } from './statement.ts'

/**
 * A lent connection. It remembers the failure that spoiled it, and answers whatever is asked of it afterwards with that,
 * at once: a rollback would only wait for the same time-out again, and closing the connection rolls back as well.
 */
export class Session implements PostgresPoolClient {
  readonly #link: Link
  readonly #handBack: (link: Link, destroy: boolean, spoiledBy: unknown) => void
  #spoiledBy: { readonly error: unknown; readonly failure: unknown } | undefined
  #released = false

  /** @param handBack takes the connection back; told whether to destroy it, and what spoiled it, if anything did */
  constructor(link: Link, handBack: (link: Link, destroy: boolean, spoiledBy: unknown) => void) {
    this.#link = link
    this.#handBack = handBack
    link.whenBroken = (error) => this.#spoil(error)
  }

  query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  query<Row>(
    text: string | PostgresCursor<Row>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof text !== 'string') throw new TypeError('cursors are not used here')
    const result: Promise<unknown> = this.#watch(() => this.#link.client.query(text, [...values]))
    return result as Promise<PostgresQueryResult<Row>>
  }

  /** Whether the connection is good for nothing more. */
  get spoiled(): boolean {
    return this.#spoiledBy !== undefined
  }

  /**
   * @throws {Unavailable} a retry may help
   * @throws {DatabaseError} the database refuses the statement
   */
  async run<Row = Readonly<Record<string, unknown>>>({
    name,
    text,
    values = [],
    patienceMs,
  }: Statement): Promise<StatementResult<Row>> {
    const query = {
      text,
      values: [...values],
      ...(name !== undefined && { name }),
      ...(patienceMs !== undefined && { query_timeout: patienceMs }),
    }
    const { rows, rowCount } = await this.#watch(() => this.#link.client.query(query))
    return { rows: rows as readonly Row[], rowCount: rowCount ?? 0 }
  }

  /**
   * To be called once, whatever happened.
   * @param destroy close the connection even if no query failed
   */
  release(destroy = false): void {
    if (this.#released) throw new Error('a connection is released once')
    this.#released = true
    this.#link.whenBroken = undefined
    this.#handBack(this.#link, destroy, this.#spoiledBy?.error)
  }

  async #watch<Result>(query: () => Promise<Result>): Promise<Result> {
    if (this.#spoiledBy) throw this.#spoiledBy.failure
    try {
      return await query()
    } catch (error) {
      if (spoilsConnection(error)) throw this.#spoil(error)
      throw translateFailure(error)
    }
  }

  /** @returns what the failure is to whoever asks */
  #spoil(error: unknown): unknown {
    this.#spoiledBy ??= { error, failure: translateFailure(error) }
    return this.#spoiledBy.failure
  }
}
