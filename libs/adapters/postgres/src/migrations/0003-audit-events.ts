import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Audit events in monthly partitions, so that old months drop at once. The default partition takes what a wrong clock
 * dates elsewhere: an event is never refused for its date.
 */
export const auditEvents: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('audit_events')
      .addColumn('id', 'bigint', (column) => column.notNull().generatedAlwaysAsIdentity())
      .addColumn('occurred_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('actor', 'text')
      .addColumn('target', 'text')
      .addColumn('request_id', 'text')
      .addColumn('source', 'text')
      .addColumn('trace_id', 'text')
      .addPrimaryKeyConstraint('audit_events_pkey', ['id', 'occurred_at'])
      .modifyEnd(sql`partition by range (occurred_at)`)
      .execute()
    await sql`create table audit_events_default partition of audit_events default`.execute(db)
    await createPartitionMaker(db)
    await sql`select ensure_audit_partitions(3)`.execute(db)
  },
}

/**
 * `ensure_audit_partitions(months)` makes the partitions of this month and of as many coming ones, in UTC. It runs with
 * its owner's rights, since the service has none to create tables; a lock lets replicas call it at once. A month that
 * the default partition already holds rows of is left there, with a warning.
 */
async function createPartitionMaker(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db)
  const schema = sql.lit(rows[0]?.schema ?? 'public')
  await sql`
    create function ensure_audit_partitions(months_ahead integer) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      home constant text := ${schema};
      this_month constant timestamp := date_trunc('month', now() at time zone 'UTC');
      month timestamp;
      partition text;
    begin
      perform pg_advisory_xact_lock(hashtext('ensure_audit_partitions'));
      for step in 0..least(greatest(months_ahead, 0), 24) loop
        month := this_month + make_interval(months => step);
        partition := to_char(month, '"audit_events_"YYYY_MM');
        continue when to_regclass(format('%I.%I', home, partition)) is not null;
        begin
          execute format(
            'create table %I.%I partition of %I.audit_events for values from (%L) to (%L)',
            home, partition, home, month::text || '+00', (month + interval '1 month')::text || '+00');
        exception when check_violation then
          raise warning 'audit events of % stay in the default partition', partition;
        end;
      end loop;
    end $$`.execute(db)
  await sql`revoke execute on function ensure_audit_partitions(integer) from public`.execute(db)
}
