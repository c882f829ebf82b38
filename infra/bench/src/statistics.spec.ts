import { describe, expect, it } from '@jest/globals'
import { quantile, spread } from './statistics.ts'

describe('spread', () => {
  it('finds least, middle and greatest in any order, as numbers and not as texts', () => {
    expect(spread([10, 9, 100])).toEqual({ min: 9, median: 10, max: 100 })
  })

  it('takes the mean of the two in the middle of an even number', () => {
    expect(spread([4, 1, 2, 100])).toEqual({ min: 1, median: 3, max: 100 })
  })

  it('is one figure three times', () => {
    expect(spread([7])).toEqual({ min: 7, median: 7, max: 7 })
  })

  it('leaves the figures in their order', () => {
    const figures = [3, 1, 2]
    spread(figures)
    expect(figures).toEqual([3, 1, 2])
  })

  it('refuses to sum up nothing', () => {
    expect(() => spread([])).toThrow(RangeError)
  })
})

describe('quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

  it.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [0.991, 100],
    [1, 100],
  ])('of share %d of 1 to 100 is %d', (share, figure) => {
    expect(quantile(hundred, share)).toBe(figure)
  })

  it('refuses to sum up nothing', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError)
  })
})
