import { parser } from '@prometheus-io/lezer-promql'
import type { Rule, RuleFile } from './rule-files.ts'

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Prometheus evaluates no more often. */
const LEAST_MS = 1000

/** A PromQL duration divided by `by`; at least a second. */
export function scaledDuration(duration: string, by: number): string {
  const parts = [...duration.matchAll(/(\d+)(ms|[smhdw])/g)]
  const milliseconds = parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (MILLISECONDS[unit] ?? 0), 0)
  return `${Math.max(LEAST_MS, Math.round(milliseconds / by))}ms`
}

/** An expression whose windows and offsets are divided by `by`. Numbers that are no durations stay. */
export function scaledExpression(expr: string, by: number): string {
  const durations: { from: number; to: number }[] = []
  parser.parse(expr).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'NumberDurationLiteralInDurationContext') durations.push({ from, to })
    },
  })
  return durations.reduceRight(
    (text, { from, to }) => text.slice(0, from) + scaledDuration(text.slice(from, to), by) + text.slice(to),
    expr,
  )
}

/** The same rules with every duration divided by `by`, so that an hour passes in seconds. Nothing else differs. */
export const scaledRules = ({ groups }: RuleFile, by: number): RuleFile => ({
  groups: groups.map(({ name, interval, rules }) => ({
    name,
    interval: scaledDuration(interval, by),
    rules: rules.map((rule) => scaledRule(rule, by)),
  })),
})

const scaledRule = (rule: Rule, by: number): Rule => ({
  ...rule,
  expr: scaledExpression(rule.expr, by),
  ...('for' in rule && rule.for !== undefined && { for: scaledDuration(rule.for, by) }),
})
