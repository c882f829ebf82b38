import type { LinkedEvents } from '@ac/audit'

const COLUMNS = 'occurred_at, type, outcome, reason, actor, target, request_id, source, trace_id'

/**
 * Inserts any number of linked events in one statement. They travel as one JSON parameter: the text of the statement, and
 * so its prepared plan, is the same for every number, and serialising costs the event loop next to nothing. Their hashes
 * are one string of bytes, each the `previous_hash` of the next.
 */
export const INSERT_AUDIT_EVENTS = `
  insert into audit_events (writer, sequence, previous_hash, hash, ${COLUMNS})
  select $2, $3::bigint + place - 1,
         substring($4::bytea from (32 * place - 31)::int for 32), substring($4::bytea from (32 * place + 1)::int for 32),
         ${COLUMNS}
  from rows from (json_to_recordset($1::json) as (
    occurred_at timestamptz, type text, outcome text, reason text, actor text, target text,
    request_id text, source text, trace_id text)) with ordinality as event (${COLUMNS}, place)`

/** The parameters of {@link INSERT_AUDIT_EVENTS}. */
export const insertParameters = ({ writer, firstSequence, encoded, hashes }: LinkedEvents): unknown[] => [
  `[${encoded.join(',')}]`,
  writer,
  firstSequence,
  Buffer.from(hashes.join(''), 'hex'),
]
