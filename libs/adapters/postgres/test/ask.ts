import type { SessionPool } from '../src/connection/session-pool.ts'
import type { Row } from './run-sql.ts'

/** The rows of one statement, on a connection that the pool lends. */
export async function ask(pool: SessionPool, text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  const session = await pool.connect()
  try {
    return (await session.query<Row>(text, values)).rows
  } finally {
    session.release()
  }
}

/** The process id of the server's side of the connection that the pool lends next. */
export async function backendOf(pool: SessionPool): Promise<unknown> {
  const [row] = await ask(pool, 'select pg_backend_pid() as pid')
  return row?.['pid']
}
