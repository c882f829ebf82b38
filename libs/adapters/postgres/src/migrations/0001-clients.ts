import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const idText = sql`text collate "C"`

/**
 * Clients and what is stored of their secrets. Times have milliseconds, as the domain's do. Ids compare byte by byte, so
 * that a listing has the same order under every locale.
 */
export const clients: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('clients')
      .addColumn('client_id', idText, (column) => column.primaryKey())
      .addColumn('client_name', 'text', (column) => column.notNull())
      .addColumn('service_type', 'text')
      .addColumn('region', 'text')
      .addColumn('scope', sql`text[]`, (column) => column.notNull())
      .addColumn('audiences', sql`text[]`, (column) => column.notNull())
      .addColumn('resource_ids', sql`text[]`, (column) => column.notNull())
      .addColumn('token_endpoint_auth_method', 'text', (column) => column.notNull())
      .addColumn('access_token_ttl', 'integer')
      .addColumn('disabled', 'boolean', (column) => column.notNull())
      .addColumn('created_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('updated_at', sql`timestamptz(3)`, (column) => column.notNull())
      .execute()
    await db.schema.createIndex('clients_by_age').on('clients').columns(['created_at', 'client_id']).execute()
    await db.schema
      .createTable('client_secrets')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('client_id', idText, (column) => column.notNull().references('clients.client_id').onDelete('cascade'))
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('mac', 'bytea', (column) => column.notNull())
      .addColumn('mac_key_id', 'text', (column) => column.notNull())
      .addColumn('created_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('expires_at', sql`timestamptz(3)`)
      .addColumn('last_used_at', sql`timestamptz(3)`)
      .execute()
    await db.schema.createIndex('client_secrets_by_client').on('client_secrets').column('client_id').execute()
  },
}
