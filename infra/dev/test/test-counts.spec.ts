import { describe, expect, it } from '@jest/globals'

import { formatCounts, sumCounts } from '../src/test-counts.ts'

describe('sumCounts', () => {
  it('adds up what each project counted', () => {
    const projects = [
      { passed: 3, failed: 1, skipped: 0 },
      { passed: 4, failed: 0, skipped: 2 },
    ]
    expect(sumCounts(projects)).toEqual({ passed: 7, failed: 1, skipped: 2 })
  })

  it('takes a project that left no counts for a failure', () => {
    expect(sumCounts([{ passed: 3, failed: 0, skipped: 0 }, undefined])).toEqual({ passed: 3, failed: 1, skipped: 0 })
  })

  it('takes a project that executed no test for a failure, even when it skipped some', () => {
    expect(sumCounts([{ passed: 0, failed: 0, skipped: 5 }])).toEqual({ passed: 0, failed: 1, skipped: 5 })
  })
})

describe('formatCounts', () => {
  it('leaves out what was not skipped', () => {
    expect(formatCounts({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  })

  it('names what was skipped', () => {
    expect(formatCounts({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped')
  })
})
