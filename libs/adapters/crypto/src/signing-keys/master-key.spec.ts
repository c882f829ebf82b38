import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { loadMasterKey } from './master-key.ts'

const bytes = Uint8Array.from({ length: 32 }, (_, index) => index)

describe('loadMasterKey', () => {
  it('names a key by the first 8 bytes of its SHA-256', () => {
    expect(loadMasterKey(bytes).id).toBe(createHash('sha256').update(bytes).digest('hex').slice(0, 16))
  })

  it('keeps a copy of its own', () => {
    const given = Uint8Array.from(bytes)
    const { key } = loadMasterKey(given)
    given.fill(0)
    expect(key.export().equals(bytes)).toBe(true)
  })

  it.each([0, 16, 31, 33, 64])('refuses a key of %d bytes', (length) => {
    expect(() => loadMasterKey(new Uint8Array(length))).toThrow(RangeError)
  })
})
