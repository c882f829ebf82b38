import { parseScope, type Scope } from '@ac/kernel'
import { z } from 'zod'
import type { Format } from './format.ts'
import { label } from './word.ts'

/** Kinds of something, each once, with the scopes that go with them. */
export type ScopesByType = readonly { readonly name: string; readonly scopes: readonly Scope[] }[]

/** `type=scope scope;type=scope`: a scope-token may hold nearly any character, but here no semicolon. */
export const scopesByType: Format<ScopesByType> = {
  expected:
    'entries divided by semicolons, each a different type, =, and its scope-tokens divided by single spaces; ' +
    `a type is ${label.expected}`,
  schema: z
    .string()
    .transform((text) => (text === '' ? [] : text.split(';').map(readEntry)))
    .pipe(z.array(z.custom<ScopesByType[number]>((entry) => entry !== undefined)))
    .refine((entries) => new Set(entries.map(({ name }) => name)).size === entries.length),
}

function readEntry(text: string): ScopesByType[number] | undefined {
  const equals = text.indexOf('=')
  const name = text.slice(0, Math.max(equals, 0))
  const scopes = parseScope(text.slice(equals + 1))
  return label.schema.safeParse(name).success && scopes ? { name, scopes } : undefined
}
