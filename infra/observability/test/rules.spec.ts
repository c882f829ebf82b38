import { describe, expect, it } from '@jest/globals'
import {
  CRITICAL_BURN_RATE,
  ISSUANCE_SECONDS,
  OBJECTIVES,
  VALIDATION_SECONDS,
  WARNING_BURN_RATE,
} from '../src/objectives.ts'
import { readExpression } from '../src/promql/read-expression.ts'
import { alertCases } from '../src/rules/rule-tests.ts'
import { alertingRules, recordingRules, shippedRules } from '../src/rules/rule-files.ts'
import { RUNBOOKS, runbookUrl } from '../src/runbooks.ts'

const alerts = alertingRules().map((rule) => ({ ...rule, name: `${rule.alert} (${rule.labels['severity']})` }))
const named = (alert: string) => alerts.filter((rule) => rule.alert === alert)
const expressionsFor = (slo: string, record: string): readonly string[] =>
  recordingRules()
    .filter((rule) => rule.record === record && rule.labels?.['slo'] === slo)
    .map(({ expr }) => expr)

describe('every rule', () => {
  it('is PromQL', () => {
    expect(shippedRules().length).toBeGreaterThan(40)
    for (const { expr } of shippedRules()) expect(() => readExpression(expr)).not.toThrow()
  })

  it('reads recorded series that another rule records', () => {
    const recorded = new Set(recordingRules().map(({ record }) => record))
    const read = shippedRules().flatMap(({ expr }) => readExpression(expr).selectors.map(({ metric }) => metric))
    expect(read.filter((metric) => metric.includes(':') && !recorded.has(metric))).toEqual([])
  })
})

describe.each(alerts)('the alert $name', ({ labels, annotations }) => {
  it('is critical or a warning', () => {
    expect(labels['severity']).toMatch(/^(?:critical|warning)$/)
  })

  it('tells what happens, what it means to others and where to read what to do', () => {
    expect(Object.keys(annotations).toSorted()).toEqual(['description', 'impact', 'runbook_url', 'summary'])
    expect(RUNBOOKS.map(runbookUrl)).toContain(annotations['runbook_url'])
    for (const text of Object.values(annotations)) expect(text.length).toBeGreaterThan(20)
  })

  it('has the code of its runbook, in its summary too', () => {
    const { code } = labels
    if (code === undefined) return
    expect(annotations['summary']).toMatch(`${code}: `)
    expect(annotations['runbook_url']).toMatch(`/${code}-`)
  })
})

describe('the tests of promtool', () => {
  it.each(alerts)('see $name fire, and see it silent', ({ alert, labels }) => {
    const looks = alertCases().filter(({ alertname }) => alertname === alert)
    const fires = looks.map(({ exp_alerts }) =>
      exp_alerts.some(({ exp_labels }) => exp_labels['severity'] === labels['severity']),
    )
    expect(new Set(fires)).toEqual(new Set([true, false]))
  })
})

describe('the alerts together', () => {
  it('use every runbook', () => {
    const urls = new Set(alerts.map(({ annotations }) => annotations['runbook_url']))
    expect(urls).toEqual(new Set(RUNBOOKS.map(runbookUrl)))
  })
})

describe.each(OBJECTIVES)('the objective $slo', ({ slo, target }) => {
  const alert = alerts.find(({ expr }) => expr.includes(`slo:ac_burn_rate:ratio1h{slo="${slo}"}`))?.alert ?? ''
  const [critical, warning] = named(alert)

  it('is recorded as it is promised', () => {
    expect(expressionsFor(slo, 'slo:ac_objective:ratio')).toEqual([`vector(${target})`])
    expect(expressionsFor(slo, 'slo:ac_events:rate5m')).toHaveLength(1)
    expect(expressionsFor(slo, 'slo:ac_bad_events:rate5m')).toHaveLength(1)
  })

  it('pages when an hour and the last five minutes burn over 10 times too fast', () => {
    expect(critical).toMatchObject({ labels: { severity: 'critical' } })
    expect(critical?.expr).toContain(`slo:ac_burn_rate:ratio1h{slo="${slo}"} > ${CRITICAL_BURN_RATE}\n`)
    expect(critical?.expr).toContain(`slo:ac_burn_rate:ratio5m{slo="${slo}"} > ${CRITICAL_BURN_RATE}\n`)
  })

  it('warns when six hours and the last half hour burn over 5 times too fast', () => {
    expect(warning).toMatchObject({ labels: { severity: 'warning' } })
    expect(warning?.expr).toContain(`slo:ac_burn_rate:ratio6h{slo="${slo}"} > ${WARNING_BURN_RATE}\n`)
    expect(warning?.expr).toContain(`slo:ac_burn_rate:ratio30m{slo="${slo}"} > ${WARNING_BURN_RATE}\n`)
  })

  it('has a runbook of its own', () => {
    for (const rule of named(alert)) expect(rule.annotations['runbook_url']).toBe(runbookUrl(`SLO-${slo}`))
  })
})

describe('the objectives of latency', () => {
  it.each([
    ['issuance-latency', ISSUANCE_SECONDS],
    ['validation-latency', VALIDATION_SECONDS],
  ])('%s counts what took longer than %d s', (slo, seconds) => {
    const [bad = ''] = expressionsFor(slo, 'slo:ac_bad_events:rate5m')
    const bounds = readExpression(bad).selectors.flatMap(({ matchers }) =>
      matchers.filter(({ label }) => label === 'le'),
    )
    expect(bounds.map(({ value }) => Number(value))).toEqual([seconds])
  })
})
