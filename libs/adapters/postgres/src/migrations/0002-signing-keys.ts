import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Signing keys, private halves sealed. The database itself refuses a second active and a second next key. */
export const signingKeys: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('signing_keys')
      .addColumn('kid', 'text', (column) => column.primaryKey())
      .addColumn('status', 'text', (column) =>
        column.notNull().check(sql`status in ('next', 'active', 'retiring', 'revoked')`),
      )
      .addColumn('public_key', 'jsonb', (column) => column.notNull())
      .addColumn('sealed_private_key', 'bytea', (column) => column.notNull())
      .addColumn('created_at', sql`timestamptz(3)`, (column) => column.notNull().defaultTo(sql`now()`))
      .addColumn('activated_at', sql`timestamptz(3)`)
      .addColumn('retires_at', sql`timestamptz(3)`)
      .execute()
    for (const status of ['active', 'next']) {
      await db.schema
        .createIndex(`signing_keys_one_${status}`)
        .on('signing_keys')
        .column('status')
        .unique()
        .where('status', '=', sql.lit(status))
        .execute()
    }
  },
}
