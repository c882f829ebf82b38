import { parsePosition, type ChainPosition } from '../chain/chain-position.ts'
import { positionOf, type ChainedEvent } from '../chain/chained-event.ts'
import type { WriterId } from '../chain/writer-id.ts'
import type { ChainEnds } from '../ports/chain-ends.ts'

const MOST = 100

/** Looks for ends in a list of rows, the plain way. */
export class InMemoryChainEnds implements ChainEnds {
  /** In the order in which they were written. */
  rows: readonly ChainedEvent[]

  constructor(rows: readonly ChainedEvent[] = []) {
    this.rows = rows
  }

  async unvouched(lookBackSeconds: number, except: readonly WriterId[]): Promise<readonly ChainPosition[]> {
    const checkpoints = this.rows.filter(({ event }) => event.type === 'audit.checkpoint')
    const newest = Math.max(...checkpoints.map(({ event }) => event.occurredAt.getTime()))
    const recent = checkpoints.filter(({ event }) => event.occurredAt.getTime() >= newest - lookBackSeconds * 1000)
    const vouched = new Set(recent.map(({ event: { target = '' } }) => parsePosition(target)?.hash))
    const writers = new Set(recent.map(({ writer }) => writer).filter((writer) => !except.includes(writer)))
    const ends = [...writers].flatMap(
      (writer) => this.rows.findLast((row) => row.writer === writer && isAct(row)) ?? [],
    )
    return ends
      .filter(({ hash }) => !vouched.has(hash))
      .map(positionOf)
      .toSorted((one, other) => one.occurredAt.getTime() - other.occurredAt.getTime())
      .slice(0, MOST)
  }
}

const isAct = ({ event: { type, reason } }: ChainedEvent): boolean =>
  type !== 'audit.checkpoint' || reason === 'stopped'
