import { describe, expect, it } from '@jest/globals'
import { newTokenId } from './new-token-id.ts'

describe('newTokenId', () => {
  it('gives 128 bits in base64url, 100,000 times without a repetition', () => {
    const ids = Array.from({ length: 100_000 }, newTokenId)
    expect(ids.every((id) => /^[A-Za-z0-9_-]{21}[AQgw]$/.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
