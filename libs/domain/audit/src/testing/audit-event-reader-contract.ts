import { describe, expect, it } from '@jest/globals'
import type { AuditEvent } from '@ac/kernel'
import type { ChainedEvent } from '../chain/chained-event.ts'
import type { AuditEventFilter, AuditEventPlace, AuditEventReader } from '../ports/audit-event-reader.ts'
import { TrailHistory } from './trail-history.ts'

/** A reader under test of a trail that holds `rows` and nothing else. */
export type MakeAuditEventReader = (rows: readonly ChainedEvent[]) => Promise<AuditEventReader>

const CLIENT = 'svc_0123456789ABCDEFabcdef'
const OTHER = 'svc_0123456789ABCDEFabcdeg'
const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 1, 0, 0, seconds))

/** More than any listing here has: a reader that gives the same page for ever must fail, not hang. */
const MOST_PAGES = 100

async function walk(
  reader: AuditEventReader,
  filter: AuditEventFilter,
  limit: number,
): Promise<readonly ChainedEvent[]> {
  const listed: ChainedEvent[] = []
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const last = listed.at(-1)
    const after: AuditEventPlace | undefined = last && { ...last, occurredAt: last.event.occurredAt }
    const page = await reader.list(filter, limit, after)
    expect(page.length).toBeLessThanOrEqual(limit)
    if (page.length === 0) return listed
    listed.push(...page)
  }
  throw new Error('the listing has no end')
}

/** What every {@link AuditEventReader} promises. */
export function auditEventReaderContract(name: string, create: MakeAuditEventReader): void {
  describe(`${name} keeps the AuditEventReader contract`, () => {
    const withEvents = async (...events: readonly Partial<AuditEvent>[]) => {
      const history = new TrailHistory(2)
      for (const [index, event] of events.entries()) history.record(index % 2, event)
      const acts = history.rows.filter(({ event }) => event.type !== 'audit.checkpoint')
      const reader = await create(history.rows)
      const list = async (filter: AuditEventFilter) =>
        (await reader.list(filter, 100)).map((row) => acts.findIndex(({ hash }) => hash === row.hash))
      return { reader, rows: history.rows, list }
    }

    it('gives every field of every event, newest first', async () => {
      const origin = { requestId: 'r', source: 'h:1', traceId: '0af7651916cd43dd8448eb211c80319c' }
      const { reader, rows } = await withEvents({ reason: 'x', origin }, { actor: undefined }, { target: '' })
      const expected = rows.toSorted((one, other) => other.event.occurredAt.getTime() - one.event.occurredAt.getTime())
      const listed = await reader.list({}, 100)
      expect(listed).toHaveLength(rows.length)
      expect(listed).toEqual(expect.arrayContaining([...expected]))
      const times = listed.map(({ event }) => event.occurredAt.getTime())
      expect(times).toEqual(times.toSorted((one, other) => other - one))
    })

    it.each([1, 2, 3, 7, 100])('gives pages of %i that together are all, each event once', async (limit) => {
      // Many at one moment: a page must be able to end between them.
      const events = Array.from({ length: 24 }, (_, index) => ({ occurredAt: at(Math.floor(index / 8)) }))
      const { reader, rows } = await withEvents(...events)
      const listed = await walk(reader, { type: 'token.issued' }, limit)
      const issued = rows.filter(({ event }) => event.type === 'token.issued')
      expect(listed).toHaveLength(24)
      expect(new Set(listed.map(({ hash }) => hash))).toEqual(new Set(issued.map(({ hash }) => hash)))
    })

    it('gives events of one moment in the order of their chain, the later one first', async () => {
      const { reader } = await withEvents(...Array.from({ length: 12 }, () => ({ occurredAt: at(1) })))
      const listed = await reader.list({ type: 'token.issued' }, 100)
      for (const chain of Map.groupBy(listed, ({ writer }) => writer).values()) {
        const sequences = chain.map(({ sequence }) => sequence)
        expect(sequences).toEqual(sequences.toSorted((one, other) => other - one))
      }
    })

    it('gives events of one type', async () => {
      const { list } = await withEvents({}, { type: 'client.created' }, {}, { type: 'token.refused' })
      expect(await list({ type: 'token.issued' })).toEqual([2, 0])
      expect(await list({ type: 'client.created' })).toEqual([1])
      expect(await list({ type: 'client.deleted' })).toEqual([])
    })

    it('gives what a client did and what was done to it, once even if it did it to itself', async () => {
      const { list } = await withEvents(
        { actor: CLIENT, target: 'jti-1' },
        { actor: OTHER, target: 'jti-2' },
        { type: 'client.disabled', actor: OTHER, target: CLIENT },
        { type: 'client.secret_rotated', actor: CLIENT, target: CLIENT },
        { type: 'client.authentication_failed', actor: undefined, target: CLIENT },
        { actor: `${CLIENT}x`, target: `x${CLIENT}` },
      )
      expect(await list({ client: CLIENT })).toEqual([4, 3, 2, 0])
      expect(await list({ client: 'svc_' })).toEqual([])
      expect(await list({ client: '%' })).toEqual([])
    })

    it('gives the events of a time, its beginning included and its end not', async () => {
      const { list } = await withEvents(...[10, 20, 30, 40].map((seconds) => ({ occurredAt: at(seconds) })))
      expect(await list({ type: 'token.issued', from: at(20) })).toEqual([3, 2, 1])
      expect(await list({ type: 'token.issued', until: at(30) })).toEqual([1, 0])
      expect(await list({ type: 'token.issued', from: at(20), until: at(40) })).toEqual([2, 1])
      expect(await list({ type: 'token.issued', from: at(40), until: at(40) })).toEqual([])
    })

    it('takes all of it together, page by page', async () => {
      const events = Array.from({ length: 40 }, (_, index) => ({
        type: index % 3 ? ('client.authentication_failed' as const) : ('token.issued' as const),
        actor: index % 3 ? undefined : CLIENT,
        target: index % 3 ? CLIENT : 'jti',
        occurredAt: at(index),
      }))
      const { reader } = await withEvents(...events)
      for (const type of ['token.issued', 'client.authentication_failed'] as const) {
        const listed = await walk(reader, { type, client: CLIENT, from: at(4), until: at(36) }, 3)
        const expected = events.filter(
          (event) => event.type === type && event.occurredAt >= at(4) && event.occurredAt < at(36),
        )
        expect(listed.map(({ event }) => event.occurredAt)).toEqual(
          expected.map(({ occurredAt }) => occurredAt).toReversed(),
        )
      }
    })
  })
}
