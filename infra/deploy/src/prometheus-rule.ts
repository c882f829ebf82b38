import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { ROOT } from './root.ts'

export const PROMETHEUS_RULE_FILE = join(ROOT, 'infra/services/ac-service/base/prometheus-rule.yaml')

interface RuleFile {
  readonly groups: readonly unknown[]
}

/** The groups of all rule files, in the order of their names. */
export const ruleGroups = (): readonly unknown[] =>
  globSync('infra/prometheus/rules/*.yaml', { cwd: ROOT })
    .toSorted()
    .flatMap((file) => (parse(readFileSync(join(ROOT, file), 'utf8'), { merge: true }) as RuleFile).groups)

/** The rules as the object that the Prometheus operator reads. */
export function prometheusRule(): string {
  const object = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'ac-service', labels: { 'app.kubernetes.io/name': 'ac-service' } },
    spec: { groups: ruleGroups() },
  }
  const header = '# Generated from infra/prometheus/rules by `npm run manifests`: change those.\n'
  return header + stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })
}
