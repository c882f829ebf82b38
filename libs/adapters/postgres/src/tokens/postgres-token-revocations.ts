import type { AuditEvent, ClientId } from '@ac/kernel'
import type { RevocableToken, TokenRevocations } from '@ac/token-validation'
import { sql } from 'kysely'
import type { AuditedTransactions } from '../audit/audited-transactions.ts'
import type { Database } from '../database.ts'
import { storable } from './storable.ts'

/** Far more than any clock skew that can be configured, and than clocks of verifiers and of the database differ. */
const KEPT = sql`interval '1 hour'`
const PURGED_AT_ONCE = 1000
/** A purge gives up its turn after this many batches; the next one goes on. */
const MAX_BATCHES = 50

/** The first whole second that begins after this moment. The transaction's own time would lie before a wait for a lock. */
const NEXT_SECOND = sql<Date>`date_trunc('second', clock_timestamp()) + interval '1 second'`

/** Keeps revocations in PostgreSQL. Every write is a transaction that holds its audit event too. */
export class PostgresTokenRevocations implements TokenRevocations {
  readonly #db: Database
  readonly #transactions: Pick<AuditedTransactions, 'run'>

  constructor(db: Database, transactions: Pick<AuditedTransactions, 'run'>) {
    this.#db = db
    this.#transactions = transactions
  }

  revoke({ id, expiresAt }: RevocableToken, event: AuditEvent): Promise<boolean> {
    return this.#transactions.run(async (transaction) => {
      const { numInsertedOrUpdatedRows: written } = await transaction
        .insertInto('revoked_tokens')
        .values({ token_id: id, expires_at: expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      const fresh = written === 1n
      return { result: fresh, events: fresh ? [event] : [] }
    })
  }

  revokeAll(event: AuditEvent): Promise<Date> {
    return this.#transactions.run(async (transaction) => ({
      result: await revokeAll(transaction),
      events: [event],
    }))
  }

  revokeAllOf(client: ClientId, event: AuditEvent): Promise<Date | undefined> {
    return this.#transactions.run(async (transaction) => {
      const notBefore = await revokeAllOf(transaction, client)
      return { result: notBefore, events: notBefore ? [event] : [] }
    })
  }

  /**
   * Forgets revocations of tokens that nobody accepts any more. Replicas that do so at once pass over each other's rows.
   * @throws {Unavailable} the database does not answer; what was forgotten stays so
   */
  async purge(): Promise<void> {
    for (let batch = 0; batch < MAX_BATCHES; batch++) {
      if ((await this.#purgeBatch()) < PURGED_AT_ONCE) return
    }
  }

  async #purgeBatch(): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('revoked_tokens')
      .where('token_id', 'in', (over) =>
        over
          .selectFrom('revoked_tokens')
          .select('token_id')
          .where('expires_at', '<', sql<Date>`now() - ${KEPT}`)
          .orderBy('expires_at')
          .limit(PURGED_AT_ONCE)
          .forUpdate()
          .skipLocked(),
      )
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  }
}

async function revokeAll(transaction: Database): Promise<Date> {
  const { rows } = await sql<Row>`
    insert into tokens_not_before (client_id, not_before) values (null, ${NEXT_SECOND})
    ${KEEP_LATER}`.execute(transaction)
  const [row] = rows
  if (!row) throw new Error('the database returns nothing of what was written')
  return row.not_before
}

/** Locks the client against a removal under way: either it is removed afterwards, and this with it, or not found. */
async function revokeAllOf(transaction: Database, client: ClientId): Promise<Date | undefined> {
  const { rows } = await sql<Row>`
    with client as (select client_id from clients where client_id = ${storable(client)} for key share)
    insert into tokens_not_before (client_id, not_before) select client_id, ${NEXT_SECOND} from client
    ${KEEP_LATER}`.execute(transaction)
  return rows[0]?.not_before
}

interface Row {
  readonly not_before: Date
}

const KEEP_LATER = sql`
  on conflict ((coalesce(client_id, ''))) do update
  set not_before = greatest(tokens_not_before.not_before, excluded.not_before)
  returning not_before`
