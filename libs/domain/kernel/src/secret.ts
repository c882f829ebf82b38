const PLACEHOLDER = '[secret]'

/**
 * Holds a value that must not be printed: template strings, JSON and `util.inspect` show `[secret]`.
 * Only {@link Secret.reveal} gives the value back, so a search for that word finds every use.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. Pass it on at once; never store, log or compare it with `===`. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return PLACEHOLDER
  }

  toJSON(): string {
    return PLACEHOLDER
  }

  /** What Node's `util.inspect`, and so `console.log` and error dumps, print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return PLACEHOLDER
  }
}
