import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { CRITICAL_BURN_RATE, OBJECTIVES, WARNING_BURN_RATE } from '../src/objectives.ts'
import { ROOT } from '../src/repository.ts'
import { alertingRules } from '../src/rules/rule-files.ts'

const DAYS = 30
const page = readFileSync(join(ROOT, 'docs/observability/slos.md'), 'utf8')

/** The rows of the table under a heading, without its head. */
function table(heading: string): readonly (readonly string[])[] {
  const [, after = ''] = page.split(`${heading}\n`)
  const [, rows = ''] = /\n\|[-|]+\|\n((?:\|.*\n)+)/.exec(after) ?? []
  const cells = (row: string): readonly string[] =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  return rows.trimEnd().split('\n').map(cells)
}

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`

/** Hours, minutes and seconds, without those that are zero. */
function duration(seconds: number): string {
  const whole = Math.round(seconds)
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(' ')
}

describe('the page of objectives', () => {
  it('promises what the rules watch over', () => {
    const expected = OBJECTIVES.map(({ slo, target, good }) => {
      const runbook = `[SLO-${slo}](../runbooks/alerts/SLO-${slo}.md)`
      return [`\`${slo}\``, percent(target), good, runbook]
    })
    expect(table('# Service level objectives')).toEqual(expected)
  })

  it('says what is counted for each', () => {
    expect(table('## What is counted').map(([slo]) => slo)).toEqual(OBJECTIVES.map(({ slo }) => `\`${slo}\``))
  })

  it('has its error budgets computed right', () => {
    const expected = OBJECTIVES.map(({ slo, target }) => {
      const budget = 1 - target
      const events = Math.round(budget * 1e6).toLocaleString('en')
      return [`\`${slo}\``, percent(budget), duration(budget * DAYS * 86_400), events]
    })
    expect(table('## Error budget')).toEqual(expected)
  })

  it.each([
    ['critical', CRITICAL_BURN_RATE, 1, '1h', '5m'],
    ['warning', WARNING_BURN_RATE, 6, '6h', '30m'],
  ] as const)('tells the %s burn alerts as they are', (severity, rate, hours, long, short) => {
    const alerts = alertingRules().filter(
      ({ alert, labels }) => alert.endsWith('Burn') && labels['severity'] === severity,
    )
    const [wait, ...others] = new Set(alerts.map((rule) => rule.for))
    expect(others).toEqual([])
    for (const { expr } of alerts) for (const window of [long, short]) expect(expr).toContain(`ratio${window}{`)
    const used = percent((rate * hours) / (DAYS * 24))
    expect(table('## Burn rates')).toContainEqual([severity, `${rate}x`, long, short, wait, used])
  })

  it('knows how soon a total outage passes the limit', () => {
    const seconds = CRITICAL_BURN_RATE * 0.001 * 3600
    expect(page).toContain(`the burn rate is 1,000x: the long window is over its limit after ${seconds} s`)
  })
})
