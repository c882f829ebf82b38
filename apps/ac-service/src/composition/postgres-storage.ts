import type { ForeignMacCensus, SecretMacMaker } from '@ac/client-validation'
import type { Log } from '@ac/kernel'
import {
  ensureAuditPartitions,
  pendingMigrations,
  probeDatabase,
  worksAsServiceRole,
  type Database,
  type GroupCommitAuditTrail,
  type PostgresClientSecretStore,
  type PostgresSecretUseRecorder,
  type PostgresTokenRevocations,
  type SessionPool,
} from '@ac/postgres'
import type { PostgresFailureLimiter } from '@ac/rate-limiter'
import { SchemaOutdated, type Storage } from '../lifecycle/storage.ts'

/** The life of the storage when it is PostgreSQL. */
export const postgresStorage = (
  pool: SessionPool,
  db: Database,
  audit: GroupCommitAuditTrail,
  secrets: PostgresClientSecretStore,
  uses: PostgresSecretUseRecorder,
  limiter: PostgresFailureLimiter,
  revocations: PostgresTokenRevocations,
  macs: SecretMacMaker,
  census: ForeignMacCensus,
  log: Log,
): Storage => ({
  check: async () => {
    if ((await pendingMigrations(db)).length > 0) throw new SchemaOutdated()
    if (!(await worksAsServiceRole(db))) {
      log.warn('working with all rights of the database login: it is no member of the role ac_service')
    }
  },
  probe: () => probeDatabase(pool),
  maintain: () => ensureAuditPartitions(db),
  purge: async () => {
    await Promise.all([limiter.purge(), revocations.purge()])
  },
  recordSecretUses: () => uses.flush(),
  countForeignMacs: async () => census.counted(await secrets.anyMacNotUnder(macs.keyId)),
  close: async () => {
    await audit.flush()
    // What is lost here is noted again at the next use: no reason to hold up the end.
    await uses.flush().catch(() => undefined)
    await pool.end()
  },
})
