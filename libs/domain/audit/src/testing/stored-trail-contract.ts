import { describe, expect, it } from '@jest/globals'
import type { ChainedEvent } from '../chain/chained-event.ts'
import type { Period, StoredTrail } from '../ports/stored-trail.ts'
import { retentionEvents } from '../retention/retention-record.ts'
import { TrailHistory } from './trail-history.ts'

/** An empty trail under test, with a way to put rows into it past every rule. */
export interface StoredTrailUnderTest {
  readonly stored: StoredTrail
  put(rows: readonly ChainedEvent[]): Promise<void>
}

const EVENTS = 30

/** Three writers in turn, a second for each event. */
function history(): TrailHistory {
  const written = new TrailHistory(3)
  for (let count = 0; count < EVENTS; count++) written.record(count % 3, {})
  return written
}

/** More pages than there are rows: a trail without an end must fail, not hang. */
const MOST_PAGES = 200

async function readAll(stored: StoredTrail, period: Period = {}): Promise<readonly ChainedEvent[]> {
  const read: ChainedEvent[] = []
  let next: string | undefined
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await stored.read(period, next)
    read.push(...page.events)
    next = page.next
    if (next === undefined) return read
  }
  throw new Error('the trail has no end')
}

const inOrder = (rows: readonly ChainedEvent[]): readonly ChainedEvent[] =>
  rows.toSorted((one, other) =>
    one.writer < other.writer ? -1 : one.writer > other.writer ? 1 : one.sequence - other.sequence,
  )

/** What every {@link StoredTrail} promises. `create` makes an empty one for each test. */
export function storedTrailContract(name: string, create: () => Promise<StoredTrailUnderTest>): void {
  describe(`${name} keeps the StoredTrail contract`, () => {
    const filled = async () => {
      const { stored, put } = await create()
      const { rows, chains } = history()
      await put(rows)
      const writer = chains[0]?.end?.writer
      if (!writer) throw new Error('nothing was written')
      return { stored, put, rows, writer, own: rows.filter((row) => row.writer === writer) }
    }

    it('always has the same id', async () => {
      const { stored } = await create()
      expect(await stored.id()).toMatch(/\S/)
      expect(await stored.id()).toBe(await stored.id())
    })

    it('gives every event once, whole, chain by chain and in the order of each', async () => {
      const { stored, rows } = await filled()
      expect(await readAll(stored)).toEqual(inOrder(rows))
    })

    it('gives nothing of an empty trail', async () => {
      const { stored } = await create()
      expect(await stored.read({})).toEqual({ events: [], next: undefined })
    })

    it('gives the events of a time, its beginning included and its end not', async () => {
      const { stored, rows } = await filled()
      const [from, until] = [rows[7]?.event.occurredAt, rows[21]?.event.occurredAt]
      const inside = rows.filter(({ event }) => event.occurredAt >= (from ?? 0) && event.occurredAt < (until ?? 0))
      expect(inside.length).toBeGreaterThan(10)
      expect(await readAll(stored, { from, until })).toEqual(inOrder(inside))
      expect(await readAll(stored, { from: until })).toHaveLength(
        rows.filter(({ event }) => event.occurredAt >= (until ?? 0)).length,
      )
    })

    it('gives every event also where several stand at one place, at different times', async () => {
      const { stored, put, rows, own } = await filled()
      const copies = own.map((row, index) => ({
        ...row,
        event: { ...row.event, occurredAt: new Date(Date.UTC(2026, 3, 1 + index)) },
      }))
      await put(copies)
      const read = await readAll(stored)
      expect(read).toHaveLength(rows.length + copies.length)
      expect(read).toEqual(expect.arrayContaining([...rows, ...copies]))
    })

    it('finds what stands at given places', async () => {
      const { stored, own, writer } = await filled()
      const found = await stored.find([2, 5, 999].map((sequence) => ({ writer, sequence })))
      expect(inOrder(found)).toEqual([own[1], own[4]])
      expect(await stored.find([])).toEqual([])
    })

    it('tells which places of a chain are empty', async () => {
      const { stored, put } = await create()
      const { rows } = history()
      const [{ writer } = { writer: '' as never }] = rows
      const gone = [1, 4, 5, 9]
      await put(rows.filter((row) => row.writer !== writer || !gone.includes(row.sequence)))
      expect(await stored.missing({ writer, first: 1, last: 12 })).toEqual([
        { writer, first: 1, last: 1 },
        { writer, first: 4, last: 5 },
        { writer, first: 9, last: 9 },
        { writer, first: 12, last: 12 },
      ])
      expect(await stored.missing({ writer, first: 2, last: 3 })).toEqual([])
      expect(await stored.missing({ writer, first: 4, last: 5 })).toEqual([{ writer, first: 4, last: 5 }])
      expect(await stored.missing({ writer, first: 100, last: 10_000_000 })).toEqual([
        { writer, first: 100, last: 10_000_000 },
      ])
    })

    it('knows the last event before a place', async () => {
      const { stored, put, rows } = await (async () => ({ ...(await create()), ...history() }))()
      const own = rows.filter((row) => row.writer === rows[0]?.writer)
      await put(own.filter(({ sequence }) => sequence > 1 && sequence !== 4))
      const before = (sequence: number) => stored.before({ writer: own[0]?.writer ?? ('' as never), sequence })
      expect(await before(4)).toEqual(own[2])
      expect(await before(5)).toEqual(own[2])
      expect(await before(1000)).toEqual(own.at(-1))
      expect(await before(2)).toBeUndefined()
    })

    it('finds what retention told', async () => {
      const { stored, put } = await create()
      const written = history()
      const [{ writer } = { writer: '' as never }] = written.rows
      const told = retentionEvents(
        { horizon: new Date('2026-01-01T00:00:00.000Z'), shortened: [{ writer, first: 1, last: 7 }] },
        new Date('2026-03-01T00:10:00.000Z'),
      )
      written.record(1, ...told, {})
      await put(written.rows)
      expect((await stored.retentionRecords()).map(({ event }) => event)).toEqual(told)
    })
  })
}
