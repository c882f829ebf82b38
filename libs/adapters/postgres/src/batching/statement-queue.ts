import type { SessionPool } from '../connection/session-pool.ts'
import type { Statement, StatementResult } from '../connection/statement.ts'
import { BatchQueue } from './batch-queue.ts'
import type { PatienceOfCaller } from './patience.ts'

const MAX_WAITING = 1000
const MAX_BATCH = 100

/**
 * Runs statements of less importance one after another: however many there are, they take one connection of the pool and
 * leave the others to the requests. Each statement commits by itself.
 */
export class StatementQueue {
  readonly #pool: SessionPool
  readonly #statements: BatchQueue<Statement, StatementResult>

  /** @param name for {@link Overloaded} and {@link Unavailable} */
  constructor(pool: SessionPool, name: string, patience?: PatienceOfCaller) {
    this.#pool = pool
    this.#statements = new BatchQueue({
      name,
      maxWaiting: MAX_WAITING,
      maxBatch: MAX_BATCH,
      patience,
      matters: () => true,
      run: (statements) => this.#run(statements),
    })
  }

  /**
   * @throws {Overloaded} too many wait already
   * @throws {Unavailable} a retry may help; whether the statement ran is not known
   * @throws what the database refused, also of a statement that shared the way with this one
   */
  query(statement: Statement): Promise<StatementResult> {
    return this.#statements.submit(statement)
  }

  async #run(statements: readonly Statement[]): Promise<readonly StatementResult[]> {
    const session = await this.#pool.connect()
    try {
      const results: StatementResult[] = []
      for (const statement of statements) results.push(await session.run(statement))
      return results
    } finally {
      session.release()
    }
  }
}
