import { Secret, type Log } from '@ac/kernel'
import { SessionPool } from '@ac/postgres'

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Connections for preparing a database or looking into it; whoever opens them ends them. */
export const openPool = (databaseUrl: string, poolSize: number, statementTimeoutMs = 5000): SessionPool =>
  new SessionPool(
    {
      url: new Secret(databaseUrl),
      tls: 'disable',
      ca: undefined,
      poolSize,
      acquireTimeoutMs: 5000,
      statementTimeoutMs,
      applicationName: 'testbed',
    },
    SILENT,
  )
