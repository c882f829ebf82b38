import { describe, expect, it } from '@jest/globals'
import { scaledDuration, scaledExpression, scaledRules } from './scaled.ts'

describe('a scaled duration', () => {
  it.each([
    ['1h', '60000ms'],
    ['1h30m', '90000ms'],
    ['5m', '5000ms'],
    ['30d', '43200000ms'],
    ['30s', '1000ms'],
  ])('of %s is %s', (duration, expected) => {
    expect(scaledDuration(duration, 60)).toBe(expected)
  })
})

describe('a scaled expression', () => {
  it('has shorter windows and offsets, and the same numbers', () => {
    expect(scaledExpression('sum_over_time(x[1h] offset 5m) * 30 > 8 * 86400', 60)).toBe(
      'sum_over_time(x[60000ms] offset 5000ms) * 30 > 8 * 86400',
    )
  })

  it('leaves what stands in a string alone', () => {
    expect(scaledExpression('rate(x{y="[5m]"}[5m])', 60)).toBe('rate(x{y="[5m]"}[5000ms])')
  })
})

describe('scaled rules', () => {
  it('differ from the rules in durations only', () => {
    const annotations = { summary: 's' }
    const rule = { alert: 'A', expr: 'rate(x[5m]) > 1', for: '2m', labels: { severity: 'critical' }, annotations }
    const scaled = scaledRules({ groups: [{ name: 'g', interval: '30s', rules: [rule] }] }, 60)
    const expected = { ...rule, expr: 'rate(x[5000ms]) > 1', for: '2000ms' }
    expect(scaled).toEqual({ groups: [{ name: 'g', interval: '1000ms', rules: [expected] }] })
  })
})
