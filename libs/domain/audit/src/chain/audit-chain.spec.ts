import { describe, expect, it } from '@jest/globals'
import { auditEvent, MovingClock } from '@ac/kernel/testing'
import { anAuditChain } from '../testing/an-audit-chain.ts'
import { FakeChainKey } from '../testing/fake-chain-key.ts'
import type { AuditChain } from './audit-chain.ts'
import { formatPosition } from './chain-position.ts'
import { NO_HASH } from './chained-event.ts'
import { encodeEvent, sealEvent } from './seal-event.ts'

const EVENT = auditEvent()
const checkpoint = auditEvent({ type: 'audit.checkpoint' })

const keep = (chain: AuditChain, ...events: Parameters<AuditChain['link']>[1]) => {
  const linked = chain.link('trail', events)
  chain.accept(linked)
  return linked
}

describe('AuditChain', () => {
  it('begins with an event that tells so, behind no hash', () => {
    const linked = keep(anAuditChain({ clock: new MovingClock('2026-03-01T00:00:00.000Z').now }), EVENT)
    expect(linked.firstSequence).toBe(1)
    expect(linked.hashes).toHaveLength(3)
    expect(linked.hashes[0]).toBe(NO_HASH)
    expect(linked.encoded).toEqual([
      '{"occurred_at":"2026-03-01T00:00:00.000Z","type":"audit.checkpoint","outcome":"success","reason":"started","actor":"system"}',
      encodeEvent(EVENT),
    ])
  })

  it('seals each event in its place behind the one before it', () => {
    const linked = keep(anAuditChain(), EVENT, auditEvent({ target: 'jti-2' }))
    for (const [index, encoded] of linked.encoded.entries()) {
      const place = {
        trail: 'trail',
        writer: linked.writer,
        sequence: index + 1,
        previousHash: linked.hashes[index] ?? '',
      }
      expect(linked.hashes[index + 1]).toBe(sealEvent(new FakeChainKey(), place, encoded))
    }
  })

  it('goes on behind what was accepted, without a gap', () => {
    const chain = anAuditChain()
    const first = keep(chain, EVENT, EVENT)
    expect(chain.end).toEqual(first.end)
    const second = keep(chain, EVENT)
    expect([first.firstSequence, second.firstSequence, second.end.sequence]).toEqual([1, 4, 4])
    expect(second.hashes[0]).toBe(first.end.hash)
    expect(second.writer).toBe(first.writer)
  })

  it('takes the same place again for what was not kept', () => {
    const chain = anAuditChain()
    const { end } = keep(chain, EVENT)
    chain.link('trail', [EVENT, EVENT])
    expect(chain.end).toEqual(end)
    expect(keep(chain, EVENT)).toMatchObject({ firstSequence: 3, hashes: [end.hash, expect.any(String)] })
  })

  it('begins anew with each attempt until its beginning is kept', () => {
    const chain = anAuditChain()
    chain.link('trail', [EVENT])
    expect(chain.end).toBeUndefined()
    expect(keep(chain, EVENT)).toMatchObject({ firstSequence: 1, hashes: { length: 3 } })
  })

  it('goes on in a new chain, which names the last certain end of the old one, when nobody knows what was kept', () => {
    const chain = anAuditChain()
    const { end, writer } = keep(chain, EVENT)
    chain.link('trail', [EVENT])
    chain.abandon()
    expect(chain.end).toBeUndefined()
    const next = keep(chain, EVENT)
    expect(next.writer).not.toBe(writer)
    expect(next).toMatchObject({ firstSequence: 1, hashes: { 0: NO_HASH } })
    expect(JSON.parse(next.encoded[0] ?? '')).toMatchObject({ reason: 'started', target: formatPosition(end) })
  })

  it('names the last certain end also after several uncertain beginnings', () => {
    const chain = anAuditChain()
    const { end } = keep(chain, EVENT)
    for (const _ of [1, 2]) {
      chain.link('trail', [EVENT])
      chain.abandon()
    }
    expect(JSON.parse(keep(chain, EVENT).encoded[0] ?? '').target).toBe(formatPosition(end))
  })

  it('has news from an act until the checkpoint behind it', () => {
    const chain = anAuditChain()
    const news = [chain.hasNews]
    for (const events of [[EVENT], [checkpoint], [EVENT, checkpoint], [checkpoint, EVENT]]) {
      keep(chain, ...events)
      news.push(chain.hasNews)
    }
    expect(news).toEqual([false, true, false, false, true])
  })
})
