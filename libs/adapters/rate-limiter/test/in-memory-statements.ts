import type { Statement, StatementClient, StatementResult } from '../src/failures/failure-store.ts'

/** The counting statement of `RateLimiterPostgres`, in memory; with ways to break it. */
export class InMemoryStatements implements StatementClient {
  /** Statements that came so far. */
  asked = 0
  /** What happens before a statement is run. */
  fault: () => Promise<void> = async () => undefined
  readonly #counts = new Map<string, { points: number; expire: number }>()

  async query({ text, values = [] }: Statement): Promise<StatementResult> {
    this.asked++
    await this.fault()
    if (!text.includes('ON CONFLICT')) throw new Error('only counting is known here')
    const [key, points, expire, now] = values as readonly [string, number, number, number]
    const known = this.#counts.get(key)
    const row = known && known.expire > now ? { ...known, points: known.points + points } : { points, expire }
    this.#counts.set(key, row)
    // The driver gives a bigint as text.
    return { rows: [{ points: row.points, expire: String(row.expire) }], rowCount: 1 }
  }
}
