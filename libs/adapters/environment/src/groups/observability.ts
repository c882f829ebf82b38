import { defaulted } from '../environment-variable.ts'
import { label, oneOf } from '../formats/word.ts'
import { part, type PartValue } from '../reading/part.ts'

/** Variables of what operators see. */
export const observabilityVariables = {
  logLevel: defaulted('info', {
    name: 'AC_LOG_LEVEL',
    description: 'least level that is logged',
    format: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  }),
  environment: defaulted('development', {
    name: 'AC_ENVIRONMENT',
    description: 'name of this deployment in logs, metrics and traces',
    format: label,
  }),
  region: defaulted('local', {
    name: 'AC_REGION',
    description: 'region of this deployment in logs, metrics and traces',
    format: label,
  }),
  metrics: defaulted('on', {
    name: 'AC_METRICS',
    description: '`off` counts nothing and serves no `/metrics`, to measure what that costs',
    format: oneOf(['on', 'off']),
  }),
}

export const observability = part(observabilityVariables, ({ metrics, ...values }) => ({
  ...values,
  metrics: metrics === 'on',
}))

/** What operators see, and under which labels. */
export type ObservabilityConfig = PartValue<typeof observability>
