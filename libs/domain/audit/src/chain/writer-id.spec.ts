import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { keyIdOf, newWriterId, parseWriterId } from './writer-id.ts'

const random = fc.uint8Array({ minLength: 10, maxLength: 10 })
const keyId = fc.stringMatching(/^[0-9a-f]{12}$/)

describe('the id of a writer', () => {
  it('is a UUID of version 8 that begins with the id of its key', () => {
    fc.assert(
      fc.property(keyId, random, (key, bytes) => {
        const writer = newWriterId(key, bytes)
        expect(writer).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(keyIdOf(writer)).toBe(key)
        expect(parseWriterId(writer)).toBe(writer)
      }),
    )
  })

  it('carries 74 of the random bits', () => {
    const bits = Array.from({ length: 80 }, (_, bit) => {
      const bytes = new Uint8Array(10)
      bytes[bit >> 3] = 1 << (bit & 7)
      return newWriterId('0123456789ab', bytes)
    })
    expect(new Set([...bits, newWriterId('0123456789ab', new Uint8Array(10))]).size).toBe(75)
  })

  it.each([
    '',
    '00000000-0000-0000-0000-000000000000',
    '0123456789ab80008000000000000000',
    ' 01234567-89ab-8000-8000-000000000000',
  ])('is not %j', (text) => {
    expect(parseWriterId(text)).toBeUndefined()
  })
})
