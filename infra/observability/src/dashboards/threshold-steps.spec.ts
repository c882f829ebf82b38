import { describe, expect, it } from '@jest/globals'
import { thresholdSteps } from './threshold-steps.ts'

describe('the steps of a threshold', () => {
  it.each([
    [undefined, 'green'],
    [{ bad: 'above', warning: 1, critical: 2 } as const, 'green, orange from 1, red from 2'],
    [{ bad: 'above', critical: 2 } as const, 'green, red from 2'],
    [{ bad: 'above', warning: 1 } as const, 'green, orange from 1'],
    [{ bad: 'below', warning: 0.5, critical: 0.1 } as const, 'red, orange from 0.1, green from 0.5'],
    [{ bad: 'below', critical: 1 } as const, 'red, green from 1'],
    [{ bad: 'below', warning: 1 } as const, 'orange, green from 1'],
  ])('for %j are %s', (limits, expected) => {
    const told = thresholdSteps(limits).map(({ value, color }) => (value === null ? color : `${color} from ${value}`))
    expect(told.join(', ')).toBe(expected)
  })
})
