import { describe, expect, it } from '@jest/globals'
import { crc32 } from './crc32.ts'

describe('crc32', () => {
  it.each([
    ['123456789', 0xcbf43926],
    ['', 0],
    ['a', 0xe8b7be43],
    ['The quick brown fox jumps over the lazy dog', 0x414fa339],
  ])('of %j is the published check value', (text, value) => {
    expect(crc32(text)).toBe(value)
  })
})
