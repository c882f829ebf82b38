import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { PROMETHEUS_RULE_FILE, ruleGroups } from '../src/prometheus-rule.ts'
import { ROOT } from '../src/root.ts'

describe('the PrometheusRule', () => {
  it('has the groups of infra/prometheus/rules, all of them and as they are', () => {
    expect(ruleGroups().length).toBeGreaterThan(0)
    expect(parse(readFileSync(PROMETHEUS_RULE_FILE, 'utf8')).spec.groups).toEqual(ruleGroups())
  })
})

describe('the ConfigMaps of dashboards', () => {
  it('are made from every dashboard', () => {
    const { configMapGenerator } = parse(readFileSync(join(ROOT, 'infra/grafana/kustomization.yaml'), 'utf8'))
    const files = configMapGenerator.flatMap((generated: { files: string[] }) => generated.files)
    const dashboards = readdirSync(join(ROOT, 'infra/grafana/dashboards')).map((name) => `dashboards/${name}`)
    expect(files.toSorted()).toEqual(dashboards.toSorted())
  })
})
