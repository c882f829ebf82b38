import { describe, expect, it } from '@jest/globals'
import { formatValue } from './format-value.ts'

describe('a value', () => {
  it.each([
    [0.35, 's', '350 ms'],
    [0.0000456, 's', '45.6 us'],
    [90, 's', '1.5 min'],
    [691_200, 'dtdurations', '8 d'],
    [0.9987, 'percentunit', '99.9 %'],
    [-19, 'percentunit', '-1900 %'],
    [1234.5, 'reqps', '1.23k/s'],
    [0.5, 'ops', '0.5/s'],
    [41.75, 'suffix:x', '41.8x'],
    [157_286_400, 'bytes', '150 MiB'],
    [3, 'short', '3'],
  ] as const)('of %d in %s reads %s', (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(expected)
  })

  it('of next to nothing is nothing', () => {
    expect(formatValue(2.15e-11, 'suffix:x')).toBe('0x')
    expect(formatValue(0, 's')).toBe('0')
  })
})
