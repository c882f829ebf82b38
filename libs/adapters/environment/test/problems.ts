import { InvalidEnvironment, readServiceConfig, type EnvironmentProblem } from '../src/index.ts'
import { rightEnvironment } from './right-environment.ts'

/** What the service says of an environment that is right but for `changes`; an empty list when it takes it. */
export function problemsWith(changes: Record<string, string>): readonly EnvironmentProblem[] {
  try {
    readServiceConfig({ ...rightEnvironment(), ...changes })
    return []
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.problems
    throw error
  }
}
