import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../repository.ts'

/** A rule file of Prometheus. */
export interface RuleFile {
  readonly groups: readonly RuleGroup[]
}

export interface RuleGroup {
  readonly name: string
  readonly interval: string
  readonly rules: readonly Rule[]
}

export type Rule = RecordingRule | AlertingRule

export interface RecordingRule {
  readonly record: string
  readonly expr: string
  readonly labels?: Readonly<Record<string, string>>
}

export interface AlertingRule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** The files that Prometheus loads, from the root of the repository. */
export const ruleFiles = (): readonly string[] => globSync('infra/prometheus/rules/*.yaml', { cwd: ROOT }).toSorted()

/** @param file from the root of the repository */
export const readRuleFile = (file: string): RuleFile => parse(readFileSync(join(ROOT, file), 'utf8')) as RuleFile

/** All rules that ship, in the order in which they stand. */
export const shippedRules = (): readonly Rule[] =>
  ruleFiles().flatMap((file) => readRuleFile(file).groups.flatMap(({ rules }) => rules))

export const recordingRules = (): readonly RecordingRule[] => shippedRules().filter((rule) => 'record' in rule)

export const alertingRules = (): readonly AlertingRule[] => shippedRules().filter((rule) => 'alert' in rule)
