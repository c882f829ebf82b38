import type { EnvironmentProblem } from '../invalid-environment.ts'
import type { Reading, Values, Variables } from './reading.ts'

/** A combination of values that is refused although each of them is right. */
export interface Rule {
  /** @returns what is wrong; `undefined` when all is well, or when a variable was not read or is wrong by itself */
  problem(reading: Reading): EnvironmentProblem | undefined
}

interface RuleDefinition<V extends Variables> {
  readonly variables: V
  /** The variable that is named as wrong. */
  readonly blames: keyof V & string
  /** What would be right, naming all other variables. */
  readonly problem: string
  readonly holds: (values: Values<V>) => boolean
}

/** Makes a rule. */
export function rule<V extends Variables>({ variables, blames, problem, holds }: RuleDefinition<V>): Rule {
  return {
    problem: (reading) => {
      const values = reading.values(variables)
      const blamed = variables[blames]
      return values && blamed && !holds(values) ? { variable: blamed.name, problem } : undefined
    },
  }
}
