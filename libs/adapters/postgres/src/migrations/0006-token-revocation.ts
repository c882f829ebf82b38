import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const idText = sql`text collate "C"`

/**
 * Tokens that were revoked one by one, until they would have expired anyway; and the moments before which all tokens of a
 * client, or of everybody (`client_id` is null), are revoked. Such a moment is a whole second, since `iat` is.
 */
export const tokenRevocation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('revoked_tokens')
      .addColumn('token_id', idText, (column) => column.primaryKey())
      .addColumn('expires_at', sql`timestamptz(3)`, (column) => column.notNull())
      .execute()
    await db.schema.createIndex('revoked_tokens_by_expiry').on('revoked_tokens').column('expires_at').execute()
    await db.schema
      .createTable('tokens_not_before')
      .addColumn('client_id', idText, (column) => column.references('clients.client_id').onDelete('cascade'))
      .addColumn('not_before', sql`timestamptz(0)`, (column) => column.notNull())
      .execute()
    await sql`
      create unique index tokens_not_before_one_each on tokens_not_before ((coalesce(client_id, '')))`.execute(db)
  },
}
