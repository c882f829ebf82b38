import { describe, expect, it } from '@jest/globals'
import { randomBase62, toBase62 } from './base62.ts'
import { seededRandomBytes } from './testing/seeded-random-bytes.ts'

/** Counts upwards from `first`, modulo 256. */
function countingBytes(first: number): (length: number) => Uint8Array {
  let next = first
  return (length) => Uint8Array.from({ length }, () => next++ & 0xff)
}

const counts = (text: string): readonly number[] => {
  const found = new Map<string, number>()
  for (const letter of text) found.set(letter, (found.get(letter) ?? 0) + 1)
  return [...found.values()]
}

describe('randomBase62', () => {
  it('makes each of 62 characters out of as many bytes as any other', () => {
    const text = randomBase62(248 * 3, countingBytes(0))
    expect(text).toMatch(/^[0-9A-Za-z]+$/)
    expect(counts(text)).toEqual(Array.from({ length: 62 }, () => 12))
  })

  it('throws away the bytes that would make the first characters likelier', () => {
    expect(randomBase62(4, countingBytes(248))).toBe('0123')
  })

  it('makes every character about as often out of random bytes', () => {
    const text = randomBase62(62_000, seededRandomBytes())
    expect(counts(text)).toHaveLength(62)
    // Of 1,000 expected: five standard deviations.
    expect(Math.max(...counts(text).map((count) => Math.abs(count - 1000)))).toBeLessThan(160)
  })

  it('makes as many characters as it is asked for', () => {
    for (const length of [0, 1, 22, 43]) expect(randomBase62(length, seededRandomBytes())).toHaveLength(length)
  })
})

describe('toBase62', () => {
  it.each([
    [0, '000000'],
    [61, '00000z'],
    [62, '000010'],
    [0xffffffff, '4gfFC3'],
  ])('writes %i as %s', (value, text) => {
    expect(toBase62(value, 6)).toBe(text)
  })
})
