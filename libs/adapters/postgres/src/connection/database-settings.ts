import type { Secret } from '@ac/kernel'
import type { DatabaseTls } from './database-address.ts'

/** All that a connection pool must be told. */
export interface DatabaseSettings {
  readonly url: Secret
  readonly tls: DatabaseTls
  /** PEM certificates to trust instead of the system's. */
  readonly ca: string | undefined
  /** Connections at most. */
  readonly poolSize: number
  /** How long a caller may wait for a free connection, connecting included. */
  readonly acquireTimeoutMs: number
  /** After this the server cancels a statement. */
  readonly statementTimeoutMs: number
  /** What `pg_stat_activity` shows. */
  readonly applicationName: string
}
