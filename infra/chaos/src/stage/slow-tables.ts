/** Runs one statement as the owner of the tables. */
type Query = (text: string, values?: unknown[]) => Promise<unknown>

/** Tables whose INSERTs can be slowed down. */
export type SlowTable = 'audit_events' | 'signing_keys'

/**
 * Prepares the tables once: how long each INSERT waits is then a row to be changed, which takes no lock on the table
 * itself. A waiting INSERT would not let go of it.
 */
const PREPARE = `
  create table chaos_delays (name text primary key, seconds real not null);
  insert into chaos_delays values ('audit_events', 0), ('signing_keys', 0);
  create function chaos_delay() returns trigger language plpgsql security definer as $$
    begin
      perform pg_sleep(seconds) from chaos_delays where name = tg_argv[0] and seconds > 0;
      return null;
    end $$;
  create trigger chaos_delay before insert on audit_events
    for each statement execute function chaos_delay('audit_events');
  create trigger chaos_delay after insert on signing_keys
    for each statement execute function chaos_delay('signing_keys')`

export const prepareSlowTables = async (query: Query): Promise<void> => void (await query(PREPARE))

/** Makes each INSERT into a table take so much longer; 0 ends that. */
export const slowDown = async (
  { query }: { readonly query: Query },
  table: SlowTable,
  seconds: number,
): Promise<void> => void (await query('update chaos_delays set seconds = $2 where name = $1', [table, seconds]))
