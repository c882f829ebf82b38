import { AuditChain, Checkpointer } from '@ac/audit'
import { HmacChainKey, pooledRandomBytes } from '@ac/crypto'
import { AuditedTransactions, openDatabase, PostgresChainEnds, type SessionPool } from '@ac/postgres'
import { SILENT_LOG } from './silent-log.ts'

const clock = (): Date => new Date()

/** What commands that change something write with: a run of acctl is a writer of the audit trail of its own. */
export class AuditedWrites {
  readonly transactions: AuditedTransactions
  readonly #checkpointer: Checkpointer

  constructor(pool: SessionPool, hashSecret: Uint8Array) {
    const db = openDatabase(pool)
    const chain = new AuditChain({ key: new HmacChainKey(hashSecret), randomBytes: pooledRandomBytes, clock })
    this.transactions = new AuditedTransactions(db, chain)
    const writers = [this.transactions] as const
    this.#checkpointer = new Checkpointer({ ends: new PostgresChainEnds(db), writers, clock, log: SILENT_LOG })
  }

  /** Says in the trail that this was all. What was done is done, so a failure here fails nothing. */
  async end(): Promise<void> {
    await this.#checkpointer.stop().catch(() => undefined)
  }
}
