import type { SessionPool } from './session-pool.ts'

/** What a look at the database found. */
export interface DatabaseProbe {
  /** Whether it takes writes: a standby, and a primary that was made read-only, do not. */
  readonly writable: boolean
  /** How far its clock is ahead of ours, in milliseconds. */
  readonly clockAheadMs: number
}

const PATIENCE_MS = 1000
const PROBE = `
  select current_setting('transaction_read_only') = 'off' and not pg_is_in_recovery() as writable,
    extract(epoch from clock_timestamp()) * 1000 as now`

/**
 * Looks at the database on a connection of `pool`. Takes no longer than the acquire time-out and one second.
 * @throws {Unavailable} it does not answer
 */
export async function probeDatabase(pool: SessionPool): Promise<DatabaseProbe> {
  const begin = Date.now()
  const statement = { name: 'probe', text: PROBE, patienceMs: PATIENCE_MS }
  const [row] = (await pool.run<{ readonly writable: boolean; readonly now: string }>(statement)).rows
  if (!row) throw new Error('a select without a table gives one row')
  return { writable: row.writable, clockAheadMs: Number(row.now) - (begin + Date.now()) / 2 }
}
