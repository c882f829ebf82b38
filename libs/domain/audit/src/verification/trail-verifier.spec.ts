import { describe, expect, it } from '@jest/globals'
import type { AuditEvent } from '@ac/kernel'
import { formatPosition } from '../chain/chain-position.ts'
import { positionOf, type ChainedEvent } from '../chain/chained-event.ts'
import { retentionEvents } from '../retention/retention-record.ts'
import { FakeChainKey } from '../testing/fake-chain-key.ts'
import { InMemoryStoredTrail } from '../testing/in-memory-stored-trail.ts'
import { TrailHistory } from '../testing/trail-history.ts'
import { TrailVerifier, type VerificationRequest } from './trail-verifier.ts'

const OTHER_KEY = new FakeChainKey('fa4e00000002')

const verify = (rows: readonly ChainedEvent[], request?: VerificationRequest, keys = [new FakeChainKey()]) =>
  new TrailVerifier({ stored: new InMemoryStoredTrail({ rows, pageSize: 3 }), keys }).verify(request)

/** Two writers: the first with ten events, the second one with five, which then vouches for the first. */
function twoWriters(options?: ConstructorParameters<typeof TrailHistory>[1]): TrailHistory {
  const history = new TrailHistory(2, options)
  for (let count = 0; count < 3; count++) history.record(0, {}, {}, {})
  history.record(1, {}, {}, {})
  history.vouch(1)
  return history
}

const rowsOf = ({ rows, chains }: TrailHistory, writer: number) =>
  rows.filter((row) => row.writer === chains[writer]?.end?.writer)

const withEvent = (row: ChainedEvent | undefined, over: Partial<AuditEvent>): ChainedEvent => {
  if (!row) throw new Error('there is no such row')
  return { ...row, event: { ...row.event, ...over } }
}

describe('a trail that nobody touched', () => {
  it('is found whole, event by event', async () => {
    expect(await verify(twoWriters().rows)).toEqual({
      events: 15,
      chains: 2,
      openChains: 2,
      namedPositions: 1,
      droppedBefore: undefined,
      findings: [],
      findingsInAll: 0,
    })
  })

  it('may be empty', async () => {
    expect(await verify([])).toMatchObject({ events: 0, chains: 0, openChains: 0, findingsInAll: 0 })
  })

  it('has no open chain where each writer said that it ended', async () => {
    const history = twoWriters()
    for (const writer of [0, 1])
      history.record(writer, { type: 'audit.checkpoint', reason: 'stopped', target: undefined })
    expect(await verify(history.rows)).toMatchObject({ chains: 2, openChains: 0, findingsInAll: 0 })
  })

  it('may be sealed by several keys, all of which are at hand', async () => {
    const rows = [...twoWriters().rows, ...twoWriters({ key: OTHER_KEY }).rows]
    expect(await verify(rows, {}, [new FakeChainKey(), OTHER_KEY])).toMatchObject({ chains: 4, findingsInAll: 0 })
  })

  it('may go on in a new chain when nobody knew where the old one ended', async () => {
    const history = twoWriters()
    history.chains[0]?.abandon()
    history.record(0, {})
    expect(await verify(history.rows)).toMatchObject({ chains: 3, namedPositions: 2, findingsInAll: 0 })
  })
})

describe('a trail that somebody touched', () => {
  const history = twoWriters()
  const first = rowsOf(history, 0)
  const writer = first[0]?.writer
  const others = history.rows.filter((row) => row.writer !== writer)

  it('tells which event was altered', async () => {
    const rows = [...others, ...first.with(4, withEvent(first[4], { actor: 'svc_b' }))]
    const occurredAt = first[4]?.event.occurredAt
    expect((await verify(rows)).findings).toEqual([{ fault: 'altered', writer, first: 5, last: 5, occurredAt }])
  })

  it('tells which events are missing, and what the next one is', async () => {
    const { findings } = await verify([...others, ...first.toSpliced(2, 3)])
    const occurredAt = first[5]?.event.occurredAt
    expect(findings).toEqual([{ fault: 'missing', writer, first: 3, last: 5, occurredAt }])
  })

  it('tells that the beginning of a chain is missing', async () => {
    expect((await verify([...others, ...first.slice(3)])).findings).toMatchObject([
      { fault: 'missing', first: 1, last: 3 },
    ])
  })

  it('tells from where on a chain was cut, by what another one saw', async () => {
    const { findings } = await verify([...others, ...first.slice(0, 6)])
    expect(findings).toMatchObject([{ fault: 'missing', writer, first: 7, last: 10 }])
  })

  it('tells that a whole chain is missing', async () => {
    expect((await verify(others)).findings).toMatchObject([{ fault: 'missing', writer, first: 1, last: 10 }])
  })

  it('tells that a chain was cut, by what the log saw', async () => {
    const cut = [...others.slice(0, -1), ...first]
    expect(await verify(cut)).toMatchObject({ findingsInAll: 0 })
    const logged = others.slice(-1).map(positionOf)
    expect(await verify(cut, { logged })).toMatchObject({
      namedPositions: 1,
      findings: [{ fault: 'missing', first: 5, last: 5 }],
    })
  })

  it('tells of two events at one place', async () => {
    const copy = withEvent(first[4], { occurredAt: new Date('2026-04-01T00:00:00.000Z') })
    expect((await verify([...history.rows, copy])).findings).toMatchObject([
      { fault: 'altered', first: 5, last: 5 },
      { fault: 'duplicate', first: 5, last: 5 },
    ])
    const twice = [...history.rows, ...first.slice(4, 5)]
    expect((await verify(twice)).findings).toMatchObject([{ fault: 'duplicate', writer, first: 5, last: 5 }])
  })

  it('tells of events that nobody here wrote', async () => {
    const foreign = others.map((row) => ({
      ...row,
      writer: '00000000-0000-0000-0000-000000000000' as typeof row.writer,
    }))
    expect((await verify([...first, ...foreign])).findings).toMatchObject([{ fault: 'unchained', first: 1, last: 5 }])
  })

  it('tells of a trail that is another one', async () => {
    const stored = new InMemoryStoredTrail({ rows: history.rows, id: 'another' })
    const report = await new TrailVerifier({ stored, keys: [new FakeChainKey()] }).verify()
    expect(report.findings.map(({ fault, first: from, last }) => [fault, from, last])).toEqual(
      expect.arrayContaining([
        ['altered', 1, 10],
        ['altered', 1, 5],
      ]),
    )
  })

  it('tells of a key that is not at hand, and proves nothing by it', async () => {
    const report = await verify(history.rows, {}, [OTHER_KEY])
    expect(report.findings).toHaveLength(2)
    for (const { fault } of report.findings) expect(fault).toBe('unknown_key')
  })

  it('tells that a writer wrote two histories', async () => {
    const one = twoWriters()
    const [chain] = one.chains
    const uncertain = chain?.link(
      'trail',
      [rowsOf(one, 0)[9]?.event].filter((event) => event !== undefined),
    )
    one.record(0, {}, {})
    const last = rowsOf(one, 0).at(-2)
    if (!uncertain || !last) throw new Error('there is no such row')
    const other = { ...last, hash: uncertain.hashes[1] ?? '', event: rowsOf(one, 0)[9]?.event ?? last.event }
    const rows = one.rows.map((row) => (row === last ? other : row))
    expect((await verify(rows)).findings).toMatchObject([{ fault: 'forked', first: 12, last: 12 }])
    const logged = [positionOf(last)]
    expect((await verify(rows, { logged })).findings).toMatchObject([
      { fault: 'forked' },
      { fault: 'contradicted', first: 11 },
    ])
  })

  it('keeps a thousand findings and counts the others', async () => {
    const long = new TrailHistory(1)
    long.record(0, ...Array.from({ length: 2500 }, () => ({})))
    const report = await verify(long.rows.map((row, index) => (index % 2 ? withEvent(row, { actor: 'svc_b' }) : row)))
    expect(report.findings).toHaveLength(1000)
    expect(report.findingsInAll).toBe(1250)
  })
})

describe('a trail that retention shortened', () => {
  const horizon = new Date('2026-03-01T00:00:05.000Z')
  const kept = (history: TrailHistory) => history.rows.filter(({ event }) => event.occurredAt >= horizon)
  const firstOf = (history: TrailHistory) => history.chains[0]?.end?.writer ?? ('' as never)

  /** The first chain lost its first five events, and a third writer told so. */
  function shortened({ first = 1, last = 5 } = {}): TrailHistory {
    const history = new TrailHistory(3)
    for (let count = 0; count < 3; count++) history.record(0, {}, {}, {})
    history.record(1, {})
    history.record(
      2,
      ...retentionEvents(
        { horizon, shortened: [{ writer: firstOf(history), first, last }] },
        new Date('2026-03-01T00:00:20.000Z'),
      ),
    )
    return history
  }

  it('is whole, and says from when on', async () => {
    expect(await verify(kept(shortened()))).toMatchObject({ droppedBefore: horizon, chains: 3, findingsInAll: 0 })
  })

  it('misses what retention did not tell of', async () => {
    const history = shortened({ last: 3 })
    expect((await verify(kept(history))).findings).toMatchObject([{ fault: 'missing', first: 4, last: 5 }])
  })

  it('believes no record that somebody altered', async () => {
    const rows = kept(shortened({ last: 3 })).map((row) =>
      row.event.type === 'audit.chain_shortened' ? withEvent(row, { target: `${row.writer} 1-5` }) : row,
    )
    const faults = (await verify(rows)).findings.map(({ fault, first, last }) => [fault, first, last])
    expect(faults).toContainEqual(['missing', 1, 5])
    expect(faults).toContainEqual(['altered', 3, 3])
  })

  it('need not hold what a checkpoint saw before that time, but everything after it', async () => {
    const history = shortened()
    const [third, sixth] = [2, 6].map((index) => rowsOf(history, 0)[index])
    if (!third || !sixth) throw new Error('there is no such row')
    history.record(
      1,
      ...[third, sixth].map((row) => ({ type: 'audit.checkpoint' as const, target: formatPosition(positionOf(row)) })),
    )
    expect((await verify(kept(history))).findings).toEqual([])
    const { findings } = await verify(kept(history).filter((row) => row.hash !== sixth.hash))
    expect(findings).toMatchObject([{ fault: 'missing', first: 7, last: 7 }])
  })

  it('is judged by what retention tells while it is verified', async () => {
    const history = shortened()
    const records = history.rows.filter(({ event }) => event.type.startsWith('audit.') && event.target)
    const stored = new InMemoryStoredTrail({ rows: kept(history) })
    let asked = 0
    stored.retentionRecords = async () => (asked++ === 0 ? [] : records)
    expect((await new TrailVerifier({ stored, keys: [new FakeChainKey()] }).verify()).findings).toEqual([])
  })
})

describe('a part of a trail', () => {
  const history = twoWriters()
  const first = rowsOf(history, 0)
  const [from, until] = [4, 8].map((index) => first[index]?.event.occurredAt)
  const part = (rows: readonly ChainedEvent[]) => verify(rows, { from, until })

  it('is whole by itself, whatever happened before and after it', async () => {
    expect(await part(history.rows)).toMatchObject({ events: 4, chains: 1, findingsInAll: 0 })
    const outside = history.rows.map((row) =>
      row.event.occurredAt < (from ?? 0) || row.event.occurredAt >= (until ?? 0) ? withEvent(row, { actor: 'x' }) : row,
    )
    expect(await part(outside)).toMatchObject({ events: 4, findingsInAll: 0 })
  })

  it('misses an event inside it, and the one right before it', async () => {
    const others = history.rows.filter((row) => row.writer !== first[0]?.writer)
    expect((await part([...others, ...first.toSpliced(5, 1)])).findings).toMatchObject([
      { fault: 'missing', first: 6, last: 6 },
    ])
    expect((await part([...others, ...first.toSpliced(3, 1)])).findings).toMatchObject([
      { fault: 'missing', first: 4, last: 4 },
    ])
    expect((await part([...others, ...first.toSpliced(2, 1)])).findings).toEqual([])
  })

  it('does not miss an event that happened at another time, although its neighbours did then', async () => {
    const uneven = new TrailHistory(1)
    uneven.record(0, {}, {}, { occurredAt: new Date('2026-03-05T00:00:00.000Z') }, {})
    expect(await verify(uneven.rows, { until: new Date('2026-03-02T00:00:00.000Z') })).toMatchObject({
      events: 4,
      findingsInAll: 0,
    })
  })
})
