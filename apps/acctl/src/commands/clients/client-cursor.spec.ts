import { describe, expect, it } from '@jest/globals'
import { clientId } from '@ac/kernel'
import fc from 'fast-check'
import { readCursor, writeCursor } from './client-cursor.ts'

const POSITION = { createdAt: new Date('2026-01-02T03:04:05.678Z'), id: clientId('svc_0123456789ABCDEFabcdef') }

describe('the cursor of a listing', () => {
  it('is one word of base64url that reads back as the position', () => {
    const cursor = writeCursor(POSITION)
    expect(cursor).toMatch(/^[\w-]+$/)
    expect(readCursor(cursor)).toEqual(POSITION)
  })

  it('is refused when it was not written here', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(readCursor(text)).toBeUndefined()))
  })

  it.each([
    ['padded', `${writeCursor(POSITION)}=`],
    ['of a day that does not exist', Buffer.from('2026-13-02T03:04:05.678Z svc_a').toString('base64url')],
    ['of a day that wraps around', Buffer.from('2026-02-30T03:04:05.678Z svc_a').toString('base64url')],
    ['without an id', Buffer.from('2026-01-02T03:04:05.678Z ').toString('base64url')],
  ])('is refused when it is %s', (_, text) => {
    expect(readCursor(text)).toBeUndefined()
  })
})
