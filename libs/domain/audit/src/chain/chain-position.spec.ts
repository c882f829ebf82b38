import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatPosition, parsePosition } from './chain-position.ts'
import { newWriterId } from './writer-id.ts'

const POSITION = {
  writer: newWriterId('0123456789ab', new Uint8Array(10)),
  sequence: 42,
  hash: 'a'.repeat(64),
  occurredAt: new Date('2026-01-02T03:04:05.678Z'),
}

describe('the text of a position', () => {
  it('reads back as the position', () => {
    expect(parsePosition(formatPosition(POSITION))).toEqual(POSITION)
  })

  it.each([
    ['of no position', 'kid-1'],
    ['with a blank more', `${formatPosition(POSITION)} `],
    ['with a leading zero', formatPosition(POSITION).replace(' 42 ', ' 042 ')],
    ['before the first event', formatPosition(POSITION).replace(' 42 ', ' 0 ')],
    ['of a day that wraps around', formatPosition(POSITION).replace('01-02T', '02-30T')],
    ['of another kind of writer', formatPosition(POSITION).replace('-8000-', '-4000-')],
  ])('is not read when it is one %s', (_, text) => {
    expect(parsePosition(text)).toBeUndefined()
  })

  it('is nothing that anybody else writes', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(parsePosition(text)).toBeUndefined()))
  })
})
