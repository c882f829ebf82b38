import type { z } from 'zod'

/** How the text of a variable becomes a value. */
export interface Format<T> {
  /** What is right, as it follows "must be", with every bound. Constant: it never holds a value. */
  readonly expected: string
  /** Reads the text. Its issues are never shown, because they may quote what they refuse. */
  readonly schema: z.ZodType<T, string>
}
