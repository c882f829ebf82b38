import { AuditChain, Checkpointer, type ChainKey } from '@ac/audit'
import { HmacChainKey, pooledRandomBytes } from '@ac/crypto'
import type { Clock } from '@ac/kernel'
import { AuditedTransactions, GroupCommitAuditTrail, PostgresAuditEventReader, PostgresChainEnds } from '@ac/postgres'
import type { Provider } from '@nestjs/common'
import { currentCaller } from '../../http/load/callers.ts'
import * as adapter from '../adapter-tokens.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** One for each writer. */
const newChain = (key: ChainKey, clock: Clock): AuditChain =>
  new AuditChain({ key, clock, randomBytes: pooledRandomBytes })

/** Where audit events go: by themselves, or in the transaction of the change that they tell of. */
export const auditProviders: Provider[] = [
  provide(adapter.CHAIN_KEY, [adapter.CONFIG], ({ hashSecret }) => new HmacChainKey(hashSecret)),
  provide(
    adapter.GROUP_COMMIT_AUDIT_TRAIL,
    [adapter.SESSION_POOL, adapter.CHAIN_KEY, app.CLOCK, adapter.INSTRUMENTATION],
    (pool, key, clock, telemetry) =>
      new GroupCommitAuditTrail(pool, newChain(key, clock), {
        patience: currentCaller,
        observeBatch: telemetry.auditBatches,
      }),
  ),
  provide(app.AUDIT_TRAIL, [adapter.GROUP_COMMIT_AUDIT_TRAIL, adapter.INSTRUMENTATION], (trail, telemetry) =>
    telemetry.auditTrail(trail),
  ),
  provide(
    adapter.CHAINED_TRANSACTIONS,
    [adapter.DATABASE, adapter.CHAIN_KEY, app.CLOCK],
    (db, key, clock) => new AuditedTransactions(db, newChain(key, clock)),
  ),
  provide(
    adapter.AUDITED_TRANSACTIONS,
    [adapter.CHAINED_TRANSACTIONS, adapter.INSTRUMENTATION],
    (transactions, telemetry) => telemetry.auditedTransactions(transactions),
  ),
  provide(app.AUDIT_EVENT_READER, [adapter.DATABASE], (db) => new PostgresAuditEventReader(db)),
  provide(
    adapter.CHECKPOINTER,
    [adapter.DATABASE, adapter.GROUP_COMMIT_AUDIT_TRAIL, adapter.CHAINED_TRANSACTIONS, app.CLOCK, app.LOG],
    (db, trail, transactions, clock, log) =>
      new Checkpointer({ ends: new PostgresChainEnds(db), writers: [trail, transactions], clock, log }),
  ),
]
