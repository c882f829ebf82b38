import type { FactoryProvider } from '@nestjs/common'

declare const kind: unique symbol

/** Names a dependency and knows its type. */
export type Token<T> = symbol & { readonly [kind]?: T }

/** Makes a token. `name` is what Nest prints when nothing is provided for it. */
export const token = <T>(name: string): Token<T> => Symbol(name)

type Built<Needs extends readonly Token<unknown>[]> = {
  [Index in keyof Needs]: Needs[Index] extends Token<infer T> ? T : never
}

/**
 * Provides a token by what `build` makes of its needs, given in their order. A need of another type, too few or too
 * many of them, or a result of another type does not compile.
 */
export const provide = <T, const Needs extends readonly Token<unknown>[]>(
  provided: Token<T>,
  needs: Needs,
  build: (...needs: Built<Needs>) => T | Promise<T>,
): FactoryProvider<T> => ({
  provide: provided,
  inject: [...needs],
  useFactory: (...given: unknown[]) => build(...(given as Built<Needs>)),
})
