import { describe, expect, it } from '@jest/globals'
import { writeExposition, type CollectedMetric } from '../../src/metrics/exposition/write-exposition.ts'

const gauge = (changes: Partial<CollectedMetric>): readonly CollectedMetric[] => [
  { name: 'g', help: 'a gauge', type: 'gauge', values: [], ...changes },
]

describe('writeExposition', () => {
  it('escapes what would end a line or a label', () => {
    const metrics = gauge({ help: 'a "b"\\\nc', values: [{ value: 1, labels: { label: 'a "b"\\\nc' } }] })
    expect(writeExposition(metrics, 'prometheus')).toBe(
      '# HELP g a "b"\\\\\\nc\n# TYPE g gauge\ng{label="a \\"b\\"\\\\\\nc"} 1\n',
    )
    expect(writeExposition(metrics, 'openmetrics')).toContain('# HELP g a \\"b\\"\\\\\\nc\n')
  })

  it.each([
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [Number.NaN, 'NaN'],
    [0.1, '0.1'],
    [1e21, '1e+21'],
  ])('writes %d as %s', (value, text) => {
    expect(writeExposition(gauge({ values: [{ value, labels: {} }] }), 'prometheus')).toContain(`\ng ${text}\n`)
  })
})
