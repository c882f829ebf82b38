import type { AuditEvent } from '@ac/kernel'
import fc from 'fast-check'
import type { ChainedEvent } from '../chain/chained-event.ts'
import type { TrailHistory } from './trail-history.ts'

/** One thing that somebody with all rights of the database, and no key, does to the stored rows. */
export interface Attack {
  readonly name: string
  readonly rows: readonly ChainedEvent[]
}

const changed = (text: string | undefined): string | undefined =>
  text === undefined ? '' : text === '' ? undefined : `${text}x`

/** Every column, changed as little as it can be. */
const EDITS: Readonly<Record<string, (row: ChainedEvent) => ChainedEvent>> = {
  writer: (row) => ({ ...row, writer: flipped(row.writer) as ChainedEvent['writer'] }),
  sequence: (row) => ({ ...row, sequence: row.sequence + 1_000_000 }),
  previous_hash: (row) => ({ ...row, previousHash: flipped(row.previousHash) }),
  hash: (row) => ({ ...row, hash: flipped(row.hash) }),
  occurred_at: editEvent((event) => ({ occurredAt: new Date(event.occurredAt.getTime() + 1) })),
  type: editEvent(({ type }) => ({ type: type === 'token.issued' ? 'token.refused' : 'token.issued' })),
  outcome: editEvent(({ outcome }) => ({ outcome: outcome === 'success' ? 'failure' : 'success' })),
  reason: editEvent(({ reason }) => ({ reason: changed(reason) })),
  actor: editEvent(({ actor }) => ({ actor: changed(actor) })),
  target: editEvent(({ target }) => ({ target: changed(target) })),
  request_id: editOrigin('requestId'),
  source: editOrigin('source'),
  trace_id: editOrigin('traceId'),
}

/**
 * Any one change of a history, but for those at the end of the chain of its first writer: nobody vouches for that one.
 */
export const attackArbitrary = ({ rows, chains }: TrailHistory): fc.Arbitrary<Attack> => {
  const vouching = chains[0]?.end?.writer
  const index = fc.nat(rows.length - 1)
  const deletable = rows.flatMap((row, at) => (row.writer === vouching ? [] : [at]))
  const edit = fc.record({ at: index, column: fc.constantFrom(...Object.keys(EDITS)) }).map(({ at, column }) => ({
    name: `edit ${column}`,
    rows: rows.map((row, position) => (position === at ? (EDITS[column]?.(row) ?? row) : row)),
  }))
  const swap = fc
    .tuple(index, index)
    .filter(([one, other]) => rows[one]?.event !== rows[other]?.event && !alike(rows[one], rows[other]))
    .map(([one, other]) => ({
      name: 'swap two events',
      rows: rows.map((row, at) => {
        const event = at === one ? rows[other]?.event : at === other ? rows[one]?.event : row.event
        return { ...row, event: event ?? row.event }
      }),
    }))
  const copy = fc.tuple(index, index).map(([from, to]) => {
    const [source, place] = [rows[from], rows[to]]
    const added = source && place ? [{ ...source, writer: place.writer, sequence: place.sequence + rows.length }] : []
    return { name: 'copy an event behind a chain', rows: [...rows, ...added] }
  })
  const remove = fc.constantFrom(...deletable).map((at) => ({ name: 'delete an event', rows: rows.toSpliced(at, 1) }))
  const cut = fc.constantFrom(...deletable).map((at) => {
    const { writer, sequence } = rows[at] ?? { writer: '', sequence: 0 }
    const stays = (row: ChainedEvent): boolean => row.writer !== writer || row.sequence < sequence
    return { name: 'cut off the end of a chain', rows: rows.filter(stays) }
  })
  return fc.oneof({ arbitrary: edit, weight: 3 }, swap, copy, ...(deletable.length > 0 ? [remove, cut] : []))
}

function editEvent(edit: (event: AuditEvent) => Partial<AuditEvent>): (row: ChainedEvent) => ChainedEvent {
  return (row) => ({ ...row, event: { ...row.event, ...edit(row.event) } })
}

function editOrigin(field: 'requestId' | 'source' | 'traceId'): (row: ChainedEvent) => ChainedEvent {
  return editEvent(({ origin }) => ({ origin: { ...origin, [field]: changed(origin[field]) } }))
}

const flipped = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0')

const alike = (one: ChainedEvent | undefined, other: ChainedEvent | undefined): boolean =>
  JSON.stringify(one?.event) === JSON.stringify(other?.event)
