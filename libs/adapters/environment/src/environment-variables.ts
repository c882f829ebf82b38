import type { EnvironmentVariable } from './environment-variable.ts'
import { parts, type PartName } from './service-config.ts'

/** A row of the table of variables. */
export interface EnvironmentVariableDescription {
  readonly name: string
  /** As it would be written in the environment; `undefined` when there is none. */
  readonly default: string | undefined
  /** Whether the service does not start without it. */
  readonly required: boolean
  readonly description: string
  /** What its text, or the content of its file, must be: every bound is said. */
  readonly format: string
  /** A secret: `<name>_FILE` may name a file that holds it. */
  readonly secret: boolean
}

/** The variables that `names` are made of, each once. */
export function variablesOf(names: readonly PartName[]): ReadonlySet<EnvironmentVariable<unknown>> {
  return new Set(names.flatMap((name) => Object.values<EnvironmentVariable<unknown>>(parts[name].variables)))
}

export const partNames = Object.keys(parts) as PartName[]

/** Every variable that is read, for the documentation and for the tests that keep it true. */
export const environmentVariables: readonly EnvironmentVariableDescription[] = Object.freeze(
  [...variablesOf(partNames)].map((variable) =>
    Object.freeze({
      name: variable.name,
      default: variable.default,
      required: variable.whenAbsent === undefined,
      description: variable.description,
      format: variable.format.expected,
      secret: variable.from === 'secret',
    }),
  ),
)
