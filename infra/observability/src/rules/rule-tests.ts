import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../repository.ts'

/** A look at one alert at one time, in a test of promtool. */
export interface AlertCase {
  readonly alertname: string
  /** What fires then: all of it. */
  readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[]
}

interface RuleTests {
  readonly tests: readonly { readonly alert_rule_test?: readonly AlertCase[] }[]
}

/** The tests of promtool, from the root of the repository. */
export const ruleTestFiles = (): readonly string[] =>
  globSync('infra/prometheus/tests/*.test.yaml', { cwd: ROOT }).toSorted()

/** Every look at an alert in all of them. */
export const alertCases = (): readonly AlertCase[] =>
  ruleTestFiles()
    .map((file) => parse(readFileSync(join(ROOT, file), 'utf8')) as RuleTests)
    .flatMap(({ tests }) => tests.flatMap(({ alert_rule_test = [] }) => alert_rule_test))
