import { z } from 'zod'
import type { Format } from './format.ts'

/** A part of a whole. */
export const share: Format<number> = {
  expected: 'a number from 0 to 1, in decimal digits',
  schema: z
    .string()
    .regex(/^(?:0?\.\d{1,9}|0|1|1\.0{1,9})$/)
    .transform(Number),
}
