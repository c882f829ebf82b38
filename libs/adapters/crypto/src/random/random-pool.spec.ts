import { describe, expect, it } from '@jest/globals'
import { RandomPool } from './random-pool.ts'

/** Fills with the numbers 1, 2, 3 ... as 32 bits each, so that every aligned word that is given out names its origin. */
function countingPool(): { pool: RandomPool; filled: Uint8Array[] } {
  const filled: Uint8Array[] = []
  let next = 1
  const pool = new RandomPool((bytes) => {
    filled.push(bytes)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let at = 0; at + 4 <= bytes.length; at += 4) view.setUint32(at, next++)
  })
  return { pool, filled }
}

const words = (bytes: Uint8Array): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, index) => new DataView(bytes.buffer).getUint32(index * 4))

describe('RandomPool', () => {
  it('gives no byte out twice, whatever the lengths asked for', () => {
    const { pool } = countingPool()
    const seen = Array.from({ length: 5000 }, (_, index) => words(pool.take(((index * 7) % 60) * 4))).flat()
    expect(seen).not.toContain(0)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('wipes what it gave out, and only that', () => {
    const { pool, filled } = countingPool()
    pool.take(16)
    pool.take(5)
    const [bytes = new Uint8Array()] = filled
    expect(bytes.subarray(0, 21).every((byte) => byte === 0)).toBe(true)
    expect(bytes.subarray(21, 4096).some((byte) => byte !== 0)).toBe(true)
  })

  it('gives memory that it never touches again', () => {
    const { pool, filled } = countingPool()
    const taken = pool.take(16)
    const copy = Uint8Array.from(taken)
    for (let call = 0; call < 1000; call++) pool.take(16)
    expect(taken).toEqual(copy)
    expect(taken.buffer.byteLength).toBe(16)
    expect(filled.some(({ buffer }) => buffer === taken.buffer)).toBe(false)
  })

  it('gives exactly as many bytes as asked for, up to and beyond its own size', () => {
    const { pool } = countingPool()
    for (const length of [0, 1, 4095, 4096, 4097, 100_000]) expect(pool.take(length).length).toBe(length)
    expect(words(pool.take(8192))).not.toContain(0)
  })

  it('gives nothing out when the source of randomness fails', () => {
    let fails = false
    const pool = new RandomPool((bytes) => {
      if (fails) throw new Error('no entropy')
      bytes.fill(1)
    })
    pool.take(4096)
    fails = true
    for (let call = 0; call < 2; call++) expect(() => pool.take(16)).toThrow('no entropy')
    fails = false
    expect(pool.take(16)).toEqual(new Uint8Array(16).fill(1))
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses to give %d bytes', (length) => {
    expect(() => new RandomPool().take(length)).toThrow(RangeError)
  })
})
