import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { InvalidRequest } from '../errors/request-errors.ts'
import { Cursors } from './cursors.ts'

const KEY = Buffer.alloc(32, 1)
const cursors = new Cursors(KEY)
const textArbitrary = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed())

describe('a cursor', () => {
  it('is one word that every replica reads back for the same listing', () => {
    fc.assert(
      fc.property(textArbitrary, textArbitrary, (listing, position) => {
        const cursor = cursors.write(listing, position)
        expect(cursor).toMatch(/^[\w-]+$/)
        expect(new Cursors(KEY).read(listing, cursor)).toBe(position)
      }),
    )
  })

  it('is refused when any one character of it is another', () => {
    const cursor = cursors.write('clients', '2026-01-02T03:04:05.678Z svc_a')
    for (let at = 0; at < cursor.length; at++) {
      for (const other of ['A', 'b', '-', '=', '\n', '\u00e4']) {
        if (cursor[at] === other) continue
        const altered = cursor.slice(0, at) + other + cursor.slice(at + 1)
        expect(() => cursors.read('clients', altered)).toThrow(InvalidRequest)
      }
    }
  })

  it.each([
    ['empty', ''],
    ['cut short', cursors.write('clients', 'place').slice(0, -1)],
    ['padded', `${cursors.write('clients', 'place')}=`],
    ['longer', `${cursors.write('clients', 'place')}A`],
    ['only a MAC', Buffer.alloc(32).toString('base64url')],
    ['the place alone', Buffer.from('place').toString('base64url')],
    [
      'in base64 of the other alphabet',
      Buffer.from(cursors.write('clients', '\u00ff\u00fe?'), 'base64url').toString('base64'),
    ],
    ['very long', 'A'.repeat(30_000)],
    ['of another key', new Cursors(Buffer.alloc(32, 2)).write('clients', 'place')],
    ['of another listing', cursors.write('keys', 'place')],
    ['of another filter', cursors.write('clients?a=1', 'place')],
    ['of a listing whose name ends where its place begins', cursors.write('client', 'splace')],
    [
      'with a place that is no UTF-8',
      Buffer.concat([
        Buffer.from(cursors.write('clients', '\ufffd'), 'base64url').subarray(0, 32),
        Buffer.of(0xff),
      ]).toString('base64url'),
    ],
  ])('is refused when it is %s, in the same words', (_case, cursor) => {
    expect(() => cursors.read('clients', cursor)).toThrow(
      'cursor must be one that a page of this very listing ended with',
    )
  })
})
