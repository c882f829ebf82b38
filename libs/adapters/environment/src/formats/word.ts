import { z } from 'zod'
import type { Format } from './format.ts'

/** One of `words`, exactly as written. */
export const oneOf = <const Word extends string>(words: readonly [Word, ...Word[]]): Format<Word> => ({
  expected: words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`,
  schema: z.enum(words),
})

/** A word without blanks. */
export const word: Format<string> = {
  expected: '1 to 64 of A-Z, a-z, 0-9, ., _ and -',
  schema: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
}

/** A word that is fit to be the value of a metric's label and the name of a region. */
export const label: Format<string> = {
  expected: '1 to 64 of a-z, 0-9 and -, neither beginning nor ending with -',
  schema: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/),
}
