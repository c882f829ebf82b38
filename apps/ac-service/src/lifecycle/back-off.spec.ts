import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { backOffMs } from './back-off.ts'

const attempts = fc.integer({ min: 1, max: 10_000 })
const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('backOffMs', () => {
  it('is a whole number of milliseconds, never more than 5 s and never less than 125 ms', () => {
    fc.assert(
      fc.property(attempts, randoms, (attempt, random) => {
        const pause = backOffMs(attempt, () => random)
        expect(Number.isInteger(pause)).toBe(true)
        expect(pause).toBeGreaterThanOrEqual(125)
        expect(pause).toBeLessThanOrEqual(5000)
      }),
    )
  })

  it('never gets shorter from attempt to attempt by the same chance', () => {
    fc.assert(
      fc.property(attempts, randoms, (attempt, random) => {
        expect(backOffMs(attempt + 1, () => random)).toBeGreaterThanOrEqual(backOffMs(attempt, () => random))
      }),
    )
  })

  it.each([
    [1, 125, 250],
    [2, 250, 500],
    [5, 2000, 4000],
    [6, 2500, 5000],
    [1000, 2500, 5000],
  ])('lies for attempt %i between %i and %i ms', (attempt, least, most) => {
    expect(backOffMs(attempt, () => 0)).toBe(least)
    expect(backOffMs(attempt, () => 1)).toBe(most)
  })

  it('differs between processes', () => {
    expect(new Set(Array.from({ length: 20 }, () => backOffMs(8))).size).toBeGreaterThan(1)
  })
})
