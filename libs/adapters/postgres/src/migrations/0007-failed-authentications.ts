import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Counts of failed authentications, in the columns and their order that `RateLimiterPostgres` of rate-limiter-flexible
 * expects; `expire` is in milliseconds since 1970. Unlogged: a count waits for no disk, and a crash of the server may
 * forget it.
 */
export const failedAuthentications: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('failed_authentications')
      .modifyFront(sql`unlogged`)
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('points', 'integer', (column) => column.notNull())
      .addColumn('expire', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('failed_authentications_by_expiry')
      .on('failed_authentications')
      .column('expire')
      .execute()
  },
}
