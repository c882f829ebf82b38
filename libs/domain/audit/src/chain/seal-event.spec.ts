import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import fc from 'fast-check'
import { FakeChainKey } from '../testing/fake-chain-key.ts'
import { anEventArbitrary } from '../testing/audit-event-arbitrary.ts'
import { encodeEvent, sealEvent } from './seal-event.ts'
import { newWriterId } from './writer-id.ts'

const WRITER = newWriterId('0123456789ab', new Uint8Array(10))

describe('encodeEvent', () => {
  it('names the columns in a fixed order, and leaves out what is absent', () => {
    expect(encodeEvent(auditEvent({ reason: '', origin: { ...NO_ORIGIN, requestId: 'r', network: 'h:1' } }))).toBe(
      '{"occurred_at":"2026-03-01T12:00:00.123Z","type":"token.issued","outcome":"success","reason":"",' +
        '"actor":"svc_a","target":"jti-1","request_id":"r"}',
    )
  })

  it('gives two events the same line only if they are the same event', () => {
    fc.assert(
      fc.property(anEventArbitrary, anEventArbitrary, (one, other) => {
        expect(encodeEvent(one) === encodeEvent(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })

  it('is one line of well-formed text, whatever the event holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (actor) => {
        const encoded = encodeEvent(auditEvent({ actor }))
        expect(encoded).not.toContain('\n')
        expect(encoded.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('sealEvent', () => {
  const place = { trail: 'trail', writer: WRITER, sequence: 1, previousHash: 'a' }

  it('covers the trail, the writer, the sequence, the hash before and the event', () => {
    const seal = (over: Partial<typeof place> = {}, encoded = '{}') =>
      sealEvent(new FakeChainKey(), { ...place, ...over }, encoded)
    const others = [
      seal({ trail: 'other' }),
      seal({ writer: newWriterId('0123456789ab', new Uint8Array(10).fill(1)) }),
      seal({ sequence: 2 }),
      seal({ previousHash: 'b' }),
      seal({}, '[]'),
    ]
    expect(new Set([seal(), ...others]).size).toBe(6)
  })

  it('seals a text that no other kind of value begins with, each part on a line of its own', () => {
    const key = { id: '', seal: (text: string) => text }
    expect(sealEvent(key, place, '{}').split('\n')).toEqual([
      'ac-service audit event 1',
      'trail',
      WRITER,
      '1',
      'a',
      '{}',
    ])
  })
})
