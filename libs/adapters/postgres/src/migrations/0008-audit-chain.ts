import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Stands for the writer of events from before there were chains: nothing proves these, and verification says so. */
const NOBODY = sql.lit('00000000-0000-0000-0000-000000000000')

/**
 * Makes every audit event a link of its writer's chain. The place in the chain is the primary key instead of a number of
 * the database's own, so that the hash covers every column. `audit_trail` names this installation's trail.
 */
export const auditChain: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table audit_trail (id uuid primary key default gen_random_uuid())`.execute(db)
    await sql`create unique index audit_trail_only_one on audit_trail ((true))`.execute(db)
    await sql`insert into audit_trail default values`.execute(db)
    await sql`
      alter table audit_events
        add column writer uuid not null default ${NOBODY},
        add column sequence bigint,
        add column previous_hash bytea not null default '',
        add column hash bytea not null default ''`.execute(db)
    await sql`update audit_events set sequence = id`.execute(db)
    await sql`
      alter table audit_events
        alter column writer drop default,
        alter column sequence set not null,
        alter column previous_hash drop default,
        alter column hash drop default,
        drop constraint audit_events_pkey,
        drop column id,
        add primary key (writer, sequence, occurred_at)`.execute(db)
    await sql`
      alter table audit_events add constraint audit_events_chained check (
        sequence > 0 and octet_length(previous_hash) = 32 and octet_length(hash) = 32) not valid`.execute(db)
    await createIndices(db)
  },
}

/** For listings. What a token's event needs no index for, it has none: its target is a `jti` and its type is most rows'. */
async function createIndices(db: Kysely<unknown>): Promise<void> {
  await sql`create index audit_events_by_time on audit_events (occurred_at)`.execute(db)
  await sql`
    create index audit_events_by_type on audit_events (type, occurred_at) where type <> 'token.issued'`.execute(db)
  await sql`create index audit_events_by_actor on audit_events (actor, occurred_at)`.execute(db)
  await sql`
    create index audit_events_by_client on audit_events (target, occurred_at) where target ^@ 'svc_'`.execute(db)
}
