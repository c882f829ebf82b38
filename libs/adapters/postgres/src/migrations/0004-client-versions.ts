import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * A count of changes for each client, so that two administrators do not undo each other's work unseen. Releases before
 * this one know no changes of a client, and leave it at its default.
 *
 * Pages of secrets keep room for a second version of their rows: when a secret was last used is written often, and
 * touches no index while the new version fits beside the old one.
 */
export const clientVersions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('clients')
      .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
      .execute()
    await sql`alter table client_secrets set (fillfactor = 80)`.execute(db)
  },
}
