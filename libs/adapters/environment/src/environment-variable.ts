import type { Format } from './formats/format.ts'

/** What a variable is for, said once for the reader of the code, of the table in the README and of an error. */
export interface Definition<T> {
  readonly name: string
  readonly description: string
  readonly format: Format<T>
  /**
   * Where the text is: `text` is the variable's own; `secret` may be in a file that `<name>_FILE` names instead; `file`
   * is always the content of the file that the variable names.
   * @defaultValue `text`
   */
  readonly from?: 'text' | 'secret' | 'file'
}

/** One variable of the process environment and the value that it becomes. */
export interface EnvironmentVariable<T> extends Required<Definition<T>> {
  /** The text that stands for an absent variable; `undefined` when there is none. */
  readonly default: string | undefined
  /** The value of an absent variable; `undefined` when it must be set. */
  readonly whenAbsent: (() => T) | undefined
}

/** A variable without which nothing works. */
export function required<T>(definition: Definition<T>): EnvironmentVariable<T> {
  return { from: 'text', ...definition, default: undefined, whenAbsent: undefined }
}

/** A variable that may be absent. */
export function optional<T>(definition: Definition<T>): EnvironmentVariable<T | undefined> {
  return { from: 'text', ...definition, default: undefined, whenAbsent: () => undefined }
}

/** A variable that has a default, written as it would be in the environment. */
export function defaulted<T>(text: string, definition: Definition<T>): EnvironmentVariable<T> {
  return { from: 'text', ...definition, default: text, whenAbsent: () => definition.format.schema.parse(text) }
}

/** The name under which a variable's secret comes as a file. */
export const fileName = (name: string): string => `${name}_FILE`
