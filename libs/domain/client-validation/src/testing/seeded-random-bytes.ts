import type { RandomBytes } from '../ports/random-bytes.ts'

const { imul } = Math

/** Bytes that look random and are the same for the same seed (mulberry32). Never twice the same stretch in one test. */
export function seededRandomBytes(seed = 1): RandomBytes {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) & 0xff
  }
  return (length) => Uint8Array.from({ length }, next)
}
