import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Every change of signing keys is told on the channel `ac_signing_keys` when it commits, whoever makes it: a replica, the
 * operator's tool or an administrator by hand. The message is empty; whoever listens reads the keys.
 */
export const signingKeyNotifications: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create function notify_signing_keys() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      begin
        perform pg_notify('ac_signing_keys', '');
        return null;
      end $$`.execute(db)
    await sql`revoke execute on function notify_signing_keys() from public`.execute(db)
    await sql`
      create trigger signing_keys_notify after insert or update or delete or truncate on signing_keys
      for each statement execute function notify_signing_keys()`.execute(db)
  },
}
