import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { axisOver, axisUpTo } from './axis.ts'

describe('an axis', () => {
  it.each([
    [0, [0, 0.25, 0.5, 0.75, 1]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 25, 50, 75, 100]],
    [0.36, [0, 0.1, 0.2, 0.3, 0.4]],
  ])('up to %d has round ticks', (greatest, ticks) => {
    expect(axisUpTo(greatest, 'short').ticks.map((tick) => Number(tick.toFixed(6)))).toEqual(ticks)
  })

  it('of bytes counts in MiB', () => {
    expect(axisUpTo(150 * 2 ** 20, 'bytes').ticks.map((tick) => tick / 2 ** 20)).toEqual([0, 50, 100, 150])
  })

  it('over given values has four steps between them', () => {
    expect(axisOver(-1, 1)).toEqual({ least: -1, most: 1, ticks: [-1, -0.5, 0, 0.5, 1] })
  })

  it('reaches the greatest value, in a few steps and without much to spare', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (greatest) => {
        const { most, ticks } = axisUpTo(greatest, 'short')
        expect(most).toBeGreaterThanOrEqual(greatest * (1 - 1e-6))
        expect(most).toBeLessThan(greatest * 2)
        expect(ticks.length).toBeGreaterThan(2)
        expect(ticks.length).toBeLessThan(7)
      }),
    )
  })
})
