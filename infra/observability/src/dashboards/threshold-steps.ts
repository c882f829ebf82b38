import type { Threshold } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Limits } from './question.ts'

const GOOD = 'green'
const WARNING = 'orange'
const CRITICAL = 'red'

/** Grafana's steps: each colour holds from its value upwards, the first one from minus infinity. */
export function thresholdSteps(limits: Limits | undefined): Threshold[] {
  if (limits === undefined) return [{ value: null, color: GOOD }]
  const { bad, warning, critical } = limits
  const steps =
    bad === 'above'
      ? [step(null, GOOD), step(warning, WARNING), step(critical, CRITICAL)]
      : [
          step(null, critical === undefined ? WARNING : CRITICAL),
          step(critical, warning === undefined ? GOOD : WARNING),
          step(warning, GOOD),
        ]
  return steps.filter((candidate) => candidate !== undefined)
}

const step = (value: number | null | undefined, color: string): Threshold | undefined =>
  value === undefined ? undefined : { value, color }
