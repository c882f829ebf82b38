import type { Checkpointer } from '@ac/audit'
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

/** What the life of the storage is about. */
export interface PostgresStorageDeps {
  readonly pool: SessionPool
  readonly db: Database
  readonly audit: Pick<GroupCommitAuditTrail, 'flush'>
  readonly checkpointer: Pick<Checkpointer, 'checkpoint' | 'stop'>
  readonly secrets: Pick<PostgresClientSecretStore, 'anyMacNotUnder'>
  readonly uses: Pick<PostgresSecretUseRecorder, 'flush'>
  readonly limiter: Pick<PostgresFailureLimiter, 'purge'>
  readonly revocations: Pick<PostgresTokenRevocations, 'purge'>
  readonly macs: Pick<SecretMacMaker, 'keyId'>
  readonly census: ForeignMacCensus
  readonly log: Log
}

/** The life of the storage when it is PostgreSQL. */
export const postgresStorage = (deps: PostgresStorageDeps): Storage => ({
  check: async () => {
    if ((await pendingMigrations(deps.db)).length > 0) throw new SchemaOutdated()
    if (!(await worksAsServiceRole(deps.db))) {
      deps.log.warn('working with all rights of the database login: it is no member of the role ac_service')
    }
  },
  probe: () => probeDatabase(deps.pool),
  maintain: () => ensureAuditPartitions(deps.db),
  checkpoint: () => deps.checkpointer.checkpoint(),
  purge: async () => {
    await Promise.all([deps.limiter.purge(), deps.revocations.purge()])
  },
  recordSecretUses: () => deps.uses.flush(),
  countForeignMacs: async () => deps.census.counted(await deps.secrets.anyMacNotUnder(deps.macs.keyId)),
  close: async () => {
    await deps.audit.flush()
    // Chains that stay open say less, and nothing wrong.
    await deps.checkpointer.stop().catch(() => deps.log.warn('the last audit checkpoint could not be written'))
    // What is lost here is noted again at the next use: no reason to hold up the end.
    await deps.uses.flush().catch(() => undefined)
    await deps.pool.end()
  },
})
