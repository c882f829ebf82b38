import type { DashboardPlan, Query, Question } from '../dashboards/question.ts'
import { EVERYTHING, interpolate } from '../promql/grafana-variables.ts'
import type { Prometheus, Series } from '../servers/prometheus.ts'

/** What Prometheus says to a question: one line or figure for each series, named as the legend of its query says. */
export interface Answer {
  readonly question: Question
  readonly series: readonly NamedSeries[]
}

export interface NamedSeries {
  readonly name: string
  /** Seconds since the epoch and value, as far as there is one. */
  readonly points: readonly (readonly [number, number])[]
}

/** The time that is looked at, in seconds since the epoch, and how many points of it a line has. */
export interface Period {
  readonly from: number
  readonly to: number
  readonly points: number
}

/** Grafana's `$__rate_interval` is four scrapes at least; ours is one more, since targets are late at times. */
const RATE_INTERVAL = '5s'

/** The answers to all questions of a dashboard. @throws {Error} a query is refused */
export const askAll = (prometheus: Prometheus, plan: DashboardPlan, period: Period): Promise<readonly Answer[]> =>
  Promise.all(plan.rows.flatMap(({ questions }) => questions).map((question) => ask(prometheus, question, period)))

/** Asks as Grafana does: figures of the last moment, lines over the whole period. */
async function ask(prometheus: Prometheus, question: Question, { from, to, points }: Period): Promise<Answer> {
  const state = { ...EVERYTHING, range: `${Math.round(to - from)}s`, rateInterval: RATE_INTERVAL }
  const asked = question.queries.map(async ({ expr, legend }) => {
    const text = interpolate(expr, state)
    const found =
      question.shape === 'figures'
        ? await prometheus.query(text, to)
        : await prometheus.queryRange(text, from, to, (to - from) / points)
    return found.map((series) => named(series, legend))
  })
  return { question, series: (await Promise.all(asked)).flat() }
}

const named = ({ labels, points }: Series, legend: Query['legend']): NamedSeries => ({
  name: legend.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? ''),
  points: points.filter(([, value]) => Number.isFinite(value)),
})
