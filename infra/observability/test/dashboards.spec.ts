import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { DASHBOARDS, dashboardFile, dashboardJson } from '../src/dashboards/dashboards.ts'
import type { DashboardPlan } from '../src/dashboards/question.ts'
import { ROOT } from '../src/repository.ts'

/** What Grafana finds in the file, as far as it is looked at here. */
interface Shipped {
  readonly templating: { readonly list: readonly { readonly name: string }[] }
  readonly panels: readonly ShippedPanel[]
}

interface ShippedPanel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly datasource: object
  readonly fieldConfig: {
    readonly defaults: { readonly unit: string; readonly thresholds: { readonly steps: object } }
  }
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string; readonly datasource: object }[]
}

const read = (plan: DashboardPlan): string => readFileSync(join(ROOT, dashboardFile(plan)), 'utf8')
const shipped = (plan: DashboardPlan): Shipped => JSON.parse(read(plan))
const panelsOf = (plan: DashboardPlan): readonly ShippedPanel[] =>
  shipped(plan).panels.filter(({ type }) => type !== 'row')

describe.each(DASHBOARDS)('the dashboard $uid', (plan) => {
  const dashboard = shipped(plan)
  const panels = panelsOf(plan)

  it('is what its code says: `npm run dashboards` writes it', () => {
    expect(read(plan)).toBe(dashboardJson(plan))
  })

  it('lets the reader choose data source, namespace, job and pod', () => {
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'namespace', 'job', 'pod'])
    const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
    for (const variable of ['$namespace', '$job', '$pod']) {
      expect(queries.some((query) => query.includes(variable))).toBe(true)
    }
  })

  it('asks the chosen data source and no other', () => {
    for (const { datasource, targets } of panels) {
      expect(targets.length).toBeGreaterThan(0)
      for (const source of [datasource, ...targets.map((target) => target.datasource)]) {
        expect(source).toEqual({ type: 'prometheus', uid: '${datasource}' })
      }
    }
  })

  it('asks questions, and says what to do with each answer', () => {
    for (const { title, description, fieldConfig } of panels) {
      expect(title).toMatch(/^[A-Z].+[?]$/)
      expect(description).toMatch(/^[A-Z].{40,400}[.]$/)
      expect(fieldConfig.defaults.unit).toMatch(/./)
    }
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length)
  })

  it('has a place for each panel, beside the others and within the grid', () => {
    const places = dashboard.panels.map(({ gridPos }) => gridPos)
    for (const [index, { x, y, w, h }] of places.entries()) {
      expect(x + w).toBeLessThanOrEqual(24)
      const below = places.slice(index + 1)
      expect(below.filter((o) => x < o.x + o.w && o.x < x + w && y < o.y + o.h && o.y < y + h)).toEqual([])
    }
  })

  it('numbers its panels', () => {
    const ids = dashboard.panels.map(({ id }) => id)
    expect(ids).toEqual(ids.map((_, index) => index + 1))
  })
})

describe('the dashboards together', () => {
  const all = DASHBOARDS.flatMap(panelsOf)

  it('are the three that are asked for', () => {
    expect(DASHBOARDS.map(({ uid }) => uid)).toEqual(['ac-service', 'ac-slo', 'ac-security'])
  })

  it('ask no question twice', () => {
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length)
  })

  it('show p50, p95 and p99 of issuance with the objective as the limit', () => {
    const panel = all.find(({ title }) => title === 'How long does a token take?')
    expect(panel?.targets.map(({ legendFormat }) => legendFormat)).toEqual(['p50', 'p95', 'p99'])
    expect(panel?.fieldConfig.defaults.thresholds.steps).toEqual([
      { value: null, color: 'green' },
      { value: 0.35, color: 'red' },
    ])
  })
})
