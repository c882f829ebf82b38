import { describe, expect, it } from '@jest/globals'
import { NotPromql, readExpression } from './read-expression.ts'

describe('readExpression', () => {
  it('finds each selector with its matchers', () => {
    expect(readExpression('rate(a_total{x="1", y=~"2.."}[5m]) / b > 3').selectors).toEqual([
      {
        metric: 'a_total',
        matchers: [
          { label: 'x', operator: '=', value: '1' },
          { label: 'y', operator: '=~', value: '2..' },
        ],
      },
      { metric: 'b', matchers: [] },
    ])
  })

  it('finds each label that is grouped or joined by', () => {
    expect(readExpression('sum by (a, b) (x) / on (c) group_left (d) (y)').labels).toEqual(['a', 'b', 'c', 'd'])
  })

  it.each(['sum(rate(x[5m])', 'a b', '', 'rate(x[$__range])', 'x{y=1}'])('refuses %j', (text) => {
    expect(() => readExpression(text)).toThrow(NotPromql)
  })
})
