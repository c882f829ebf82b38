import type { KeySet, KeySetChange, SigningKey, SigningKeyStore } from '@ac/key-rotation'
import { keyId } from '@ac/kernel'
import { sql, type Selectable } from 'kysely'
import type { AuditedTransactions } from '../audit/audited-transactions.ts'
import type { Database, SigningKeyTable } from '../database.ts'

/** Serialises every change of the set of keys, across processes, for the time of its transaction. */
const lockKeySet = sql`select pg_advisory_xact_lock(hashtext('ac-service signing keys'))`

/** Keeps out what changes a row without that lock, such as an administrator's own SQL. */
const lockKeys = sql`select from signing_keys for update`

/**
 * Keeps signing keys in PostgreSQL, by the database's clock: never that of a transaction's begin, which lies before the
 * wait for the lock.
 */
export class PostgresSigningKeyStore implements SigningKeyStore {
  readonly #db: Database
  readonly #transactions: Pick<AuditedTransactions, 'run'>
  #turn: Promise<unknown> = Promise.resolve()

  constructor(db: Database, transactions: Pick<AuditedTransactions, 'run'>) {
    this.#db = db
    this.#transactions = transactions
  }

  read(): Promise<KeySet> {
    return readKeySet(this.#db)
  }

  /** Changes of one process wait for each other here: in the database each would hold a connection while it waits. */
  change<T>(decide: (keySet: KeySet) => KeySetChange<T>): Promise<T> {
    const changed = this.#turn.then(() => this.#change(decide))
    this.#turn = changed.catch(() => undefined)
    return changed
  }

  #change<T>(decide: (keySet: KeySet) => KeySetChange<T>): Promise<T> {
    return this.#transactions.run(async (transaction) => {
      await lockKeySet.execute(transaction)
      await lockKeys.execute(transaction)
      const { result, write, events } = decide(await readKeySet(transaction))
      for (const key of write) await writeKey(transaction, key)
      return { result, events }
    })
  }
}

/** One statement, so that the time is that of the keys; a row without a key says the time where there are none. */
async function readKeySet(db: Database): Promise<KeySet> {
  const rows = await db
    .selectFrom(sql<{ now: Date }>`(select clock_timestamp() as now)`.as('clock'))
    .leftJoin('signing_keys', (join) => join.onTrue())
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('status')
    .orderBy('kid')
    .execute()
  const [first] = rows
  if (!first) throw new Error('the database does not know the time')
  return { now: first.now, keys: rows.flatMap((row) => (row.kid === null ? [] : [toSigningKey(row as Row)])) }
}

/** What never changes of a key, its public half and when it was made, is written once. */
async function writeKey(transaction: Database, key: SigningKey): Promise<void> {
  const changing = {
    status: key.status,
    sealed_private_key: Buffer.from(key.sealedPrivateKey),
    activated_at: key.activatedAt ?? null,
    retires_at: key.retiresAt ?? null,
  }
  await transaction
    .insertInto('signing_keys')
    .values({ kid: key.kid, public_key: key.publicKey, created_at: key.createdAt, ...changing })
    .onConflict((conflict) => conflict.column('kid').doUpdateSet(changing))
    .execute()
}

type Row = Selectable<SigningKeyTable>

const toSigningKey = (row: Row): SigningKey => ({
  kid: keyId(row.kid),
  publicKey: row.public_key,
  sealedPrivateKey: new Uint8Array(row.sealed_private_key),
  status: row.status,
  createdAt: row.created_at,
  activatedAt: row.activated_at ?? undefined,
  retiresAt: row.retires_at ?? undefined,
})
