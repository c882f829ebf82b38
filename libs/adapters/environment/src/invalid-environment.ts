/** What is wrong with one variable. Holds no value, not even a part of one. */
export interface EnvironmentProblem {
  readonly variable: string
  /** What would be right, beginning with a verb: `must be a whole number from 0 to 65535`. */
  readonly problem: string
}

/** The environment is not usable. Names every wrong variable at once and prints no value. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment'
  /** `EX_CONFIG` of sysexits.h. */
  readonly exitCode = 78

  constructor(readonly problems: readonly EnvironmentProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable} ${problem}`)
    super(['the environment is not usable:', ...lines].join('\n'))
  }
}
