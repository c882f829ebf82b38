import type { Reading, Values, Variables } from './reading.ts'

/** One group of the configuration and the variables that it is made of. */
export interface Part<T> {
  readonly variables: Variables
  /** @returns `undefined` unless every variable of this part was read and is right */
  build(reading: Reading): T | undefined
}

/** The configuration that a part becomes. */
export type PartValue<P> = P extends Part<infer T> ? T : never

/** Makes a group out of `variables`; `build` only arranges the values and adds what follows from them. */
export function part<V extends Variables, T>(variables: V, build: (values: Values<V>) => T): Part<T> {
  return {
    variables,
    build: (reading) => {
      const values = reading.values(variables)
      return values && build(values)
    },
  }
}
