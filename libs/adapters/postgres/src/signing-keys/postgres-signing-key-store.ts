import type { FirstKeys, SigningKey, SigningKeyStatus, SigningKeyStore, StoredKey } from '@ac/key-rotation'
import { keyId, type AuditEvent } from '@ac/kernel'
import { sql, type Selectable } from 'kysely'
import { AuditedTransactions } from '../audit/audited-transactions.ts'
import type { Database, SigningKeyTable } from '../database.ts'

/** Serialises every change of the set of keys, across processes, for the time of its transaction. */
const lockKeySet = sql`select pg_advisory_xact_lock(hashtext('ac-service signing keys'))`

/** Keeps signing keys in PostgreSQL, by the database's clock. */
export class PostgresSigningKeyStore implements SigningKeyStore {
  readonly #db: Database
  readonly #transactions: AuditedTransactions

  constructor(db: Database, transactions: AuditedTransactions = new AuditedTransactions(db)) {
    this.#db = db
    this.#transactions = transactions
  }

  async list(): Promise<readonly SigningKey[]> {
    const rows = await this.#db
      .selectFrom('signing_keys')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('status')
      .orderBy('kid')
      .execute()
    return rows.map(toSigningKey)
  }

  initialise({ active, next }: FirstKeys, events: readonly AuditEvent[]): Promise<boolean> {
    return this.#transactions.run(async (transaction) => {
      await lockKeySet.execute(transaction)
      const any = await transaction.selectFrom('signing_keys').select('kid').limit(1).executeTakeFirst()
      if (any) return { result: false, events: [] }
      await transaction
        .insertInto('signing_keys')
        .values([
          { ...toRow(active, 'active'), activated_at: sql<Date>`now()` },
          { ...toRow(next, 'next'), activated_at: null },
        ])
        .execute()
      return { result: true, events }
    })
  }
}

const toRow = ({ kid, publicKey, sealedPrivateKey }: StoredKey, status: SigningKeyStatus) => ({
  kid,
  status,
  public_key: publicKey,
  sealed_private_key: Buffer.from(sealedPrivateKey),
  retires_at: null,
})

const toSigningKey = (row: Selectable<SigningKeyTable>): SigningKey => ({
  kid: keyId(row.kid),
  publicKey: row.public_key,
  sealedPrivateKey: new Uint8Array(row.sealed_private_key),
  status: row.status,
  createdAt: row.created_at,
  activatedAt: row.activated_at ?? undefined,
  retiresAt: row.retires_at ?? undefined,
})
