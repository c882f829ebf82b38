import { sql } from 'kysely'
import { SERVICE_ROLE } from '../connection/service-role.ts'
import type { Database } from '../database.ts'

const role = sql.ref(SERVICE_ROLE)
const roleName = sql.lit(SERVICE_ROLE)

/**
 * Makes the group role that the service works as, where it is missing, and grants it what the service needs. Belongs to
 * every migration run, not to one migration: an administrator may make the role later, and a restored database has its
 * tables without it. Where the login that migrates may not make or grant the role, nothing happens, and the service works
 * with the rights of its own login.
 */
export async function grantServiceRole(db: Database): Promise<void> {
  await sql`
    do $$ begin
      if not exists (select from pg_roles where rolname = ${roleName}) then
        create role ${role} nologin;
      end if;
      grant ${role} to current_user;
    exception
      when insufficient_privilege then raise notice 'the role ${role} could not be made or granted';
      -- another database of this server was migrated at the same moment
      when duplicate_object or unique_violation then grant ${role} to current_user;
    end $$`.execute(db)
  await sql`
    do $$ begin
      if not exists (select from pg_roles where rolname = ${roleName}) then return; end if;
      grant select, insert, update, delete on clients, client_secrets to ${role};
      grant select, insert, update on signing_keys to ${role};
      grant select, insert on audit_events to ${role};
      grant select, insert, update, delete on revoked_tokens to ${role};
      grant select, insert, update on tokens_not_before to ${role};
      grant select on audit_trail to ${role};
      grant select, insert, update, delete on failed_authentications to ${role};
      grant execute on function ensure_audit_partitions(integer) to ${role};
      grant select on schema_migrations to ${role};
    exception
      when insufficient_privilege then raise notice 'the rights of the role ${role} could not be granted';
    end $$`.execute(db)
}

/** Whether the connections of `db` gave up the rights of their login for those of the service role. */
export async function worksAsServiceRole(db: Database): Promise<boolean> {
  const { rows } = await sql<{ works: boolean }>`select current_user = ${SERVICE_ROLE} as works`.execute(db)
  return rows[0]?.works ?? false
}
