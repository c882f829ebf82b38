import { openDatabase, SessionPool } from '@ac/postgres'
import type { Provider } from '@nestjs/common'
import * as adapter from '../adapter-tokens.ts'
import { databaseSettings } from '../database-settings.ts'
import { postgresStorage } from '../postgres-storage.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** The database under everything that is kept. */
export const storageProviders: Provider[] = [
  provide(
    adapter.SESSION_POOL,
    [adapter.CONFIG, app.LOG],
    ({ database }, log) => new SessionPool(databaseSettings(database), log),
  ),
  provide(adapter.DATABASE, [adapter.SESSION_POOL], openDatabase),
  provide(
    app.STORAGE,
    [
      adapter.SESSION_POOL,
      adapter.DATABASE,
      adapter.GROUP_COMMIT_AUDIT_TRAIL,
      adapter.CHECKPOINTER,
      adapter.POSTGRES_CLIENT_SECRET_STORE,
      adapter.SECRET_USE_RECORDER,
      adapter.POSTGRES_FAILURE_LIMITER,
      adapter.POSTGRES_TOKEN_REVOCATIONS,
      adapter.SECRET_MAC_MAKER,
      app.FOREIGN_MAC_CENSUS,
      app.LOG,
    ],
    (pool, db, audit, checkpointer, secrets, uses, limiter, revocations, macs, census, log) =>
      postgresStorage({ pool, db, audit, checkpointer, secrets, uses, limiter, revocations, macs, census, log }),
  ),
]
