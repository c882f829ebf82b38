import { beforeEach, describe, expect, it } from '@jest/globals'
import type { DashboardPlan, Shape } from '../dashboards/question.ts'
import type { Prometheus, Series } from '../servers/prometheus.ts'
import { askAll } from './answer.ts'

const PERIOD = { from: 1000, to: 1090, points: 90 }

const plan = (shape: Shape): DashboardPlan => ({
  uid: 'x',
  title: 'X',
  description: '',
  from: 'now-1h',
  rows: [
    {
      title: 'A row',
      questions: [
        {
          title: 'How many?',
          advice: '',
          shape,
          unit: 'short',
          queries: [
            { expr: 'sum(increase(x{pod=~"$pod"}[$__range])) + rate(x[$__rate_interval])', legend: '{{ a }} of {{b}}' },
          ],
        },
      ],
    },
  ],
})

let asked: readonly unknown[]
beforeEach(() => {
  asked = []
})

/** Answers every query with the same series. */
function answering(...series: readonly Series[]): Prometheus {
  const answer = (...query: readonly unknown[]): Promise<readonly Series[]> => {
    asked = query
    return Promise.resolve(series)
  }
  const notAsked = (): Promise<never> => Promise.reject(new Error('nobody asks for this'))
  return { query: answer, queryRange: answer, alerts: notAsked, stop: notAsked }
}

const EXPR = 'sum(increase(x{pod=~".*"}[90s])) + rate(x[5s])'

describe('asking Prometheus', () => {
  it('asks for lines over the whole period, and for figures at its end', async () => {
    await askAll(answering(), plan('lines'), PERIOD)
    expect(asked).toEqual([EXPR, 1000, 1090, 1])
    await askAll(answering(), plan('figures'), PERIOD)
    expect(asked).toEqual([EXPR, 1090])
  })

  it('names each series as the legend says, and leaves out what is no number', async () => {
    const points = [[1000, 1] as const, [1001, Number.NaN] as const, [1002, Number.POSITIVE_INFINITY] as const]
    const prometheus = answering({ labels: { a: 'one', b: 'two' }, points }, { labels: {}, points: [] })
    const [answer] = await askAll(prometheus, plan('lines'), PERIOD)
    expect(answer?.series).toEqual([
      { name: 'one of two', points: [[1000, 1]] },
      { name: ' of ', points: [] },
    ])
  })
})
