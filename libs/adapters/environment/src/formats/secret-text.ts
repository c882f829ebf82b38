import { Secret } from '@ac/kernel'
import { z } from 'zod'
import type { Format } from './format.ts'

/** Any text, kept from being printed. What it means is for its reader to check. */
export const secretText = (expected: string): Format<Secret> => ({
  expected,
  schema: z
    .string()
    .min(1)
    .transform((text) => new Secret(text)),
})
