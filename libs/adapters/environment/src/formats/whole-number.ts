import { z } from 'zod'
import type { Format } from './format.ts'

/** Decimal digits and nothing else: no sign, blank, exponent, fraction or leading zero. Both bounds are allowed. */
export const wholeNumber = (min: number, max: number): Format<number> => ({
  expected: `a whole number from ${min} to ${max}`,
  schema: z
    .string()
    .regex(/^(0|[1-9][0-9]*)$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max)),
})

/** A TCP port; 0 lets the system choose a free one, which only a test can want. */
export const port: Format<number> = wholeNumber(0, 65_535)
