import { describe, expect, it } from '@jest/globals'
import { wholeNumber } from './whole-number.ts'

describe('wholeNumber', () => {
  it('reads digits between its bounds', () => {
    expect(wholeNumber(1, 1000)('1000')).toBe(1000)
    expect(wholeNumber()('0')).toBe(0)
  })

  it.each(['', '0', '1001', '-1', '+1', '1.5', '1e2', '0x10', ' 1', '99999999999999999'])('refuses %j', (text) => {
    expect(() => wholeNumber(1, 1000)(text)).toThrow('a whole number from 1 to 1000')
  })
})
