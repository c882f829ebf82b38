import type { JsonValue } from './parse-json-object.ts'

/** Makes the error that refuses a field. `rule` is what would be right: constant, and without the value. */
export type RefuseField = (field: string, rule: string) => Error

/** Names that may be told back to whoever sent them; any other may be a secret in the wrong place. */
const TELLABLE = /^[A-Za-z][A-Za-z0-9_]{0,39}$/

/**
 * The fields of a JSON object, read one by one with the type that each must have. Absent is `undefined`; `null` stays
 * `null`, since in a merge patch (RFC 7396) the two differ.
 */
export class JsonFields {
  readonly #fields: ReadonlyMap<string, JsonValue>
  readonly #refuse: RefuseField

  constructor(fields: ReadonlyMap<string, JsonValue>, refuse: RefuseField) {
    this.#fields = fields
    this.#refuse = refuse
  }

  /**
   * Refuses every field that is not among `writable`, by its name.
   * @param readOnly names of fields that are there to be read only
   */
  only(writable: readonly string[], readOnly: readonly string[] = []): void {
    for (const name of this.#fields.keys()) {
      if (writable.includes(name)) continue
      if (readOnly.includes(name)) throw this.#refuse(name, 'it cannot be set')
      throw this.#refuse(TELLABLE.test(name) ? name : 'a field', 'there is no field of that name')
    }
  }

  text(name: string): string | null | undefined {
    return this.#read(name, (value) => typeof value === 'string', 'it must be a string')
  }

  flag(name: string): boolean | null | undefined {
    return this.#read(name, (value) => typeof value === 'boolean', 'it must be true or false')
  }

  wholeNumber(name: string): number | null | undefined {
    return this.#read(name, (value): value is number => Number.isSafeInteger(value), 'it must be a whole number')
  }

  texts(name: string): readonly string[] | null | undefined {
    return this.#read(
      name,
      (value): value is readonly string[] => Array.isArray(value) && value.every((each) => typeof each === 'string'),
      'it must be an array of strings',
    )
  }

  /** `null` and nothing else: for a field that is always empty. */
  nothing(name: string, rule: string): null | undefined {
    return this.#read(name, (_value): _value is never => false, rule)
  }

  #read<T extends JsonValue>(name: string, is: (value: JsonValue) => value is T, rule: string): T | null | undefined {
    const value = this.#fields.get(name)
    if (value === undefined || value === null || is(value)) return value
    throw this.#refuse(name, rule)
  }
}
