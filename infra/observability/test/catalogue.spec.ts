import { CATALOGUE, Metrics, type MetricDefinition } from '@ac/telemetry'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { DASHBOARDS } from '../src/dashboards/dashboards.ts'
import { EVERYTHING, interpolate } from '../src/promql/grafana-variables.ts'
import { readExpression, type Matcher, type Selector } from '../src/promql/read-expression.ts'
import { recordingRules, shippedRules } from '../src/rules/rule-files.ts'

/** What Prometheus adds to every series that it scrapes. */
const TARGET_LABELS = ['namespace', 'job', 'pod']
/** What Prometheus itself makes. */
const OF_PROMETHEUS: Readonly<Record<string, readonly string[]>> = {
  up: TARGET_LABELS,
  ALERTS: [...TARGET_LABELS, 'alertname', 'alertstate', 'severity'],
}
const DURATIONS = { range: '1h', rateInterval: '1m' }

const metrics: readonly MetricDefinition[] = Object.values(CATALOGUE)
const recorded = new Set(recordingRules().map(({ record }) => record))

const queries = DASHBOARDS.flatMap(({ rows }) => rows.flatMap(({ questions }) => questions)).flatMap(
  ({ title, queries: asked }) =>
    asked.map(({ expr }) => ({ where: title, expr: interpolate(expr, { ...EVERYTHING, ...DURATIONS }) })),
)
const rules = shippedRules().map((rule) => ({ where: 'record' in rule ? rule.record : rule.alert, expr: rule.expr }))

/** The metric that a series belongs to: a histogram has three kinds of them. */
function definitionOf(series: string): MetricDefinition | undefined {
  const histogram = /^(.+)_(?:bucket|sum|count)$/.exec(series)?.[1]
  return metrics.find(({ name, type }) => name === (type === 'histogram' ? histogram : series))
}

function labelsOf({ metric }: Selector): readonly string[] {
  const bound = metric.endsWith('_bucket') ? ['le'] : []
  if (recorded.has(metric)) return [...TARGET_LABELS, 'slo']
  return OF_PROMETHEUS[metric] ?? [...Object.keys(definitionOf(metric)?.labels ?? {}), ...bound, ...TARGET_LABELS]
}

/** Whether a matcher matches any of the values that the label can have. */
function matchesSomething({ label, operator, value }: Matcher, values: readonly string[]): boolean {
  if (label === 'le' || values.length === 0) return true
  const isEqual = operator.endsWith('~') ? RegExp(`^(?:${value})$`) : undefined
  const matches = values.filter((candidate) => (isEqual ? isEqual.test(candidate) : candidate === value))
  // A condition that excludes nothing, or everything, was meant otherwise.
  return matches.length > 0 && matches.length < values.length
}

let ofNode: readonly string[]
beforeAll(async () => {
  const { body } = await new Metrics('1').expose()
  const families = [...body.matchAll(/^# TYPE ((?:nodejs|process)_\w+) (\w+)$/gm)]
  ofNode = families.flatMap(([, name = '', type]) => (type === 'histogram' ? [`${name}_sum`, `${name}_count`] : [name]))
})

describe.each([...queries, ...rules])('$where', ({ expr }) => {
  const { selectors, labels } = readExpression(expr)

  it('has all variables replaced and reads series that exist', () => {
    expect(expr).not.toContain('$')
    for (const { metric } of selectors) {
      const isKnown = recorded.has(metric) || metric in OF_PROMETHEUS || definitionOf(metric) !== undefined
      expect([metric, isKnown || ofNode.includes(metric)]).toEqual([metric, true])
    }
  })

  it('asks for labels and values that they have', () => {
    for (const selector of selectors.filter(({ metric }) => !ofNode.includes(metric))) {
      const known = labelsOf(selector)
      for (const matcher of selector.matchers) {
        expect(known).toContain(matcher.label)
        const values = definitionOf(selector.metric)?.labels[matcher.label] ?? []
        expect([matcher, matchesSomething(matcher, values)]).toEqual([matcher, true])
      }
    }
  })

  it('groups and joins by labels that one of them has', () => {
    const known = new Set(selectors.flatMap(labelsOf))
    expect(labels.filter((label) => !known.has(label))).toEqual([])
  })
})

describe('the bounds of latency in the rules', () => {
  it('are buckets of their histograms', () => {
    const bounds = rules.flatMap(({ expr }) =>
      readExpression(expr).selectors.flatMap(({ metric, matchers }) =>
        matchers.filter(({ label }) => label === 'le').map(({ value }) => ({ metric, bound: Number(value) })),
      ),
    )
    expect(bounds).toHaveLength(2)
    for (const { metric, bound } of bounds) expect(definitionOf(metric)?.buckets).toContain(bound)
  })
})
