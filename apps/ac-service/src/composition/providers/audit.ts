import { AuditedTransactions, GroupCommitAuditTrail } from '@ac/postgres'
import type { Provider } from '@nestjs/common'
import * as adapter from '../adapter-tokens.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** Where audit events go: by themselves, or in the transaction of the change that they tell of. */
export const auditProviders: Provider[] = [
  provide(adapter.GROUP_COMMIT_AUDIT_TRAIL, [adapter.SESSION_POOL], (pool) => new GroupCommitAuditTrail(pool)),
  provide(app.AUDIT_TRAIL, [adapter.GROUP_COMMIT_AUDIT_TRAIL], (trail) => trail),
  provide(adapter.AUDITED_TRANSACTIONS, [adapter.DATABASE], (db) => new AuditedTransactions(db)),
]
