import { describe, expect, it } from '@jest/globals'
import { formatPosition, type ChainPosition } from '../chain/chain-position.ts'
import { positionOf, type ChainedEvent } from '../chain/chained-event.ts'
import type { ChainEnds } from '../ports/chain-ends.ts'
import { TrailHistory } from './trail-history.ts'

/** Ends under test of a trail that holds `rows` and nothing else. */
export type MakeChainEnds = (rows: readonly ChainedEvent[]) => Promise<ChainEnds>

const HOUR = 3600
const CHECKPOINT = { type: 'audit.checkpoint', target: undefined } as const

/** What every {@link ChainEnds} promises. */
export function chainEndsContract(name: string, create: MakeChainEnds): void {
  describe(`${name} keeps the ChainEnds contract`, () => {
    const lastActOf = ({ rows, chains }: TrailHistory, writer: number): ChainPosition | undefined => {
      const act = rows.findLast(
        ({ writer: id, event }) => id === chains[writer]?.end?.writer && event.type === 'token.issued',
      )
      return act && positionOf(act)
    }

    it('knows no end of an empty trail', async () => {
      expect(await (await create([])).unvouched(HOUR, [])).toEqual([])
    })

    it('gives the last act of each chain, the oldest first, whatever checkpoints come behind it', async () => {
      const history = new TrailHistory(3)
      for (const writer of [2, 0, 1, 2, 0, 1]) history.record(writer, {}, {})
      history.record(1, { ...CHECKPOINT, reason: 'interval' })
      const expected = [2, 0, 1].map((writer) => lastActOf(history, writer))
      expect(await (await create(history.rows)).unvouched(HOUR, [])).toEqual(expected)
    })

    it('leaves out the chains that are not asked about', async () => {
      const history = new TrailHistory(2)
      for (const writer of [0, 1]) history.record(writer, {})
      const except = [history.chains[0]?.end?.writer].filter((writer) => writer !== undefined)
      expect(await (await create(history.rows)).unvouched(HOUR, except)).toEqual([lastActOf(history, 1)])
    })

    it('leaves out what a checkpoint vouches for, until the chain grows again', async () => {
      const history = new TrailHistory(2)
      for (const writer of [0, 1]) history.record(writer, {})
      history.vouch(1)
      expect(await (await create(history.rows)).unvouched(HOUR, [])).toEqual([lastActOf(history, 1)])
      history.record(0, {})
      expect(await (await create(history.rows)).unvouched(HOUR, [])).toEqual([
        lastActOf(history, 1),
        lastActOf(history, 0),
      ])
    })

    it('takes the word of a writer that it stopped for an act', async () => {
      const history = new TrailHistory(2)
      history.record(0, {}, { ...CHECKPOINT, reason: 'stopped' })
      expect(await (await create(history.rows)).unvouched(HOUR, [])).toEqual([history.chains[0]?.end])
    })

    it('knows nothing of a chain that only began', async () => {
      const history = new TrailHistory(1)
      history.record(0, {})
      expect(await (await create(history.rows.slice(0, 1))).unvouched(HOUR, [])).toEqual([])
    })

    it('looks back from the newest checkpoint, and no further than it is told', async () => {
      const history = new TrailHistory(2)
      history.record(0, {})
      const later = new Date('2026-03-01T02:00:00.000Z')
      history.record(1, {}, { ...CHECKPOINT, reason: 'interval', occurredAt: later })
      expect(await (await create(history.rows)).unvouched(HOUR, [])).toEqual([lastActOf(history, 1)])
      expect(await (await create(history.rows)).unvouched(3 * HOUR, [])).toHaveLength(2)
    })

    it('gives a hundred at most', async () => {
      const history = new TrailHistory(103)
      for (let writer = 0; writer < 103; writer++) history.record(writer, {})
      const ends = await (await create(history.rows)).unvouched(HOUR, [])
      expect(ends).toHaveLength(100)
      expect(ends[0]).toEqual(lastActOf(history, 0))
      expect(ends.map(formatPosition)).not.toContain(formatPosition(lastActOf(history, 102) ?? ({} as never)))
    })
  })
}
