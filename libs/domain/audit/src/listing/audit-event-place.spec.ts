import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { newWriterId } from '../chain/writer-id.ts'
import { formatPlace, parsePlace } from './audit-event-place.ts'

const PLACE = {
  occurredAt: new Date('2026-01-02T03:04:05.678Z'),
  writer: newWriterId('0123456789ab', new Uint8Array(10)),
  sequence: 42,
}

describe('a place in a listing', () => {
  it('reads back from its text', () => {
    expect(parsePlace(formatPlace(PLACE))).toEqual(PLACE)
  })

  it.each([
    formatPlace(PLACE).replace('-02T', '-32T'),
    formatPlace(PLACE).replace('01-02T', '02-30T'),
    formatPlace(PLACE).replace(' 42', ' 0'),
    formatPlace(PLACE).replace(' 42', ' 042'),
    formatPlace(PLACE).replace('-8000-', '-4000-'),
    `${formatPlace(PLACE)} `,
  ])('is not read from %j', (text) => {
    expect(parsePlace(text)).toBeUndefined()
  })

  it('is not read from any text that was not written so', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(parsePlace(text)).toBeUndefined()))
  })
})
