import { Secret } from '@ac/kernel'
import { fileName, type EnvironmentVariable } from '../environment-variable.ts'
import type { EnvironmentProblem } from '../invalid-environment.ts'
import { findText } from './find-text.ts'
import { MountedSecret } from './mounted-secret.ts'

/** Variables under the names that the configuration gives them. */
export type Variables = Readonly<Record<string, EnvironmentVariable<unknown>>>

/** The values of {@link Variables}. */
export type Values<V extends Variables> = {
  readonly [K in keyof V]: V[K] extends EnvironmentVariable<infer T> ? T : never
}

/** One pass over an environment: the values that are right, and a problem for each that is not. */
export class Reading {
  readonly problems: EnvironmentProblem[] = []
  readonly #env: NodeJS.ProcessEnv
  readonly #values = new Map<EnvironmentVariable<unknown>, unknown>()

  constructor(env: NodeJS.ProcessEnv, variables: ReadonlySet<EnvironmentVariable<unknown>>) {
    this.#env = env
    for (const variable of variables) this.#read(variable)
  }

  /** The values of `variables`; `undefined` unless all of them were read and are right. */
  values<V extends Variables>(variables: V): Values<V> | undefined {
    const entries = Object.entries(variables)
    if (!entries.every(([, variable]) => this.#values.has(variable))) return undefined
    return Object.fromEntries(entries.map(([key, variable]) => [key, this.#values.get(variable)])) as Values<V>
  }

  #read(variable: EnvironmentVariable<unknown>): void {
    const found = findText(variable, this.#env)
    if ('problem' in found) this.problems.push(found)
    else if (found.text !== undefined) this.#parse(variable, found.text)
    else if (variable.whenAbsent) this.#values.set(variable, variable.whenAbsent())
    else this.problems.push({ variable: variable.name, problem: `is required: ${variable.format.expected}` })
  }

  #parse(variable: EnvironmentVariable<unknown>, text: string): void {
    const { name, format } = variable
    const parsed = format.schema.safeParse(text)
    if (parsed.success)
      this.#values.set(variable, parsed.data instanceof Secret ? this.#secret(variable, text) : parsed.data)
    else this.problems.push({ variable: name, problem: `must be ${format.expected}` })
  }

  #secret(variable: EnvironmentVariable<unknown>, text: string): Secret {
    if (!this.#env[fileName(variable.name)]) return new Secret(text)
    return new MountedSecret(text, () => {
      const found = findText(variable, this.#env)
      return 'text' in found ? found.text : undefined
    })
  }
}
