import type { ChainEnds, ChainPosition, WriterId } from '@ac/audit'
import { sql } from 'kysely'
import type { Database } from '../database.ts'

const MOST = 100

/** A clock that is ahead by more would hide every chain of those that are right. */
const MOST_AHEAD = '1 hour'

/**
 * Finds the ends of chains by the index of checkpoints, which every chain has some of, and then by the primary key: the
 * bulk of the events is not looked at.
 */
export class PostgresChainEnds implements ChainEnds {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  async unvouched(lookBackSeconds: number, except: readonly WriterId[]): Promise<readonly ChainPosition[]> {
    const { rows } = await sql<EndRow>`
      with newest as (
        select max(occurred_at) as moment from audit_events
        where type = 'audit.checkpoint' and occurred_at < now() + ${MOST_AHEAD}::interval
      ), recent as materialized (
        select writer, target from audit_events
        where type = 'audit.checkpoint'
          and occurred_at >= (select moment from newest) - ${lookBackSeconds} * interval '1 second'
      ), vouched as (
        select split_part(target, ' ', 1) as writer, split_part(target, ' ', 2) as sequence from recent
      )
      select act.writer, act.sequence, act.hash, act.occurred_at
      from (select distinct writer from recent where writer <> all (${except}::uuid[])) as chain
      cross join lateral (
        select writer, sequence, hash, occurred_at from audit_events
        where writer = chain.writer and (type <> 'audit.checkpoint' or reason = 'stopped')
        order by sequence desc limit 1) as act
      where (act.writer::text, act.sequence::text) not in (select writer, sequence from vouched where writer is not null)
      order by act.occurred_at, act.writer
      limit ${MOST}`.execute(this.#db)
    return rows.map(toPosition)
  }
}

interface EndRow {
  readonly writer: WriterId
  readonly sequence: string
  readonly hash: Buffer
  readonly occurred_at: Date
}

const toPosition = ({ writer, sequence, hash, occurred_at }: EndRow): ChainPosition => ({
  writer,
  sequence: Number(sequence),
  hash: hash.toString('hex'),
  occurredAt: occurred_at,
})
