import { describe, expect, it } from '@jest/globals'
import { newWriterId } from '@ac/audit'
import fc from 'fast-check'
import { readCursor, writeCursor } from './event-cursor.ts'

const PLACE = {
  occurredAt: new Date('2026-01-02T03:04:05.678Z'),
  writer: newWriterId('0123456789ab', new Uint8Array(10)),
  sequence: 42,
}

describe('the cursor of a listing of events', () => {
  it('is one word of base64url that reads back as the place', () => {
    const cursor = writeCursor(PLACE)
    expect(cursor).toMatch(/^[\w-]+$/)
    expect(readCursor(cursor)).toEqual(PLACE)
  })

  it('is refused when it was not written here', () => {
    expect(readCursor(`${writeCursor(PLACE)}=`)).toBeUndefined()
    fc.assert(fc.property(fc.string(), (text) => expect(readCursor(text)).toBeUndefined()))
  })
})
