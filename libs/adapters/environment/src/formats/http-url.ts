import { z } from 'zod'
import type { Format } from './format.ts'

const MAX_LENGTH = 2048

/** An http or https URL of another service. Credentials belong to headers, where nobody prints them. */
export const httpUrl: Format<string> = {
  expected: `an http or https URL without user info, query and fragment, at most ${MAX_LENGTH} characters`,
  schema: z.string().max(MAX_LENGTH).refine(isHttpUrl),
}

function isHttpUrl(text: string): boolean {
  if (/[?#\s]/.test(text) || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === ''
}
