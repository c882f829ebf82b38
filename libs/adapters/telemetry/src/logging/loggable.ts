import type { LogFields } from '@ac/kernel'
import { mask, MASK, type HashIdentifier } from './mask.ts'

/** Longest text of a log line, in UTF-16 code units; the rest is cut off and marked by an ellipsis. */
export const MAX_TEXT_LENGTH = 512

/**
 * How much of each field may be shown. `plain` is what we make ourselves and what is public; `text` is what others made up,
 * and is masked.
 */
export const FIELDS: { readonly [Name in keyof Required<LogFields>]: 'plain' | 'text' } = {
  request_id: 'plain',
  trace_id: 'plain',
  error: 'text',
  cause: 'text',
  stack: 'text',
  dependency: 'plain',
  others_since_last_line: 'plain',
  kid: 'plain',
  secret_id: 'plain',
  migration: 'plain',
  channel: 'plain',
  port: 'plain',
  issuer: 'plain',
  for_ms: 'plain',
  position: 'plain',
}

type Scalar = string | number | boolean

/** Cuts `text` to {@link MAX_TEXT_LENGTH}, never within a character. */
export function cut(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH - 1).toWellFormed()}…`
}

/**
 * Makes fields fit for a line: absent values left out, texts masked and cut. A field that is not listed, or is no scalar,
 * which only a cast brings here, says `****` and nothing else.
 */
export function loggable(fields: LogFields, hash: HashIdentifier): Readonly<Record<string, Scalar>> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    entries.map(([name, value]) => (isListed(name) ? [name, shown(FIELDS[name], value, hash)] : ['unlisted', MASK])),
  )
}

const isListed = (name: string): name is keyof LogFields => Object.hasOwn(FIELDS, name)

function shown(kind: 'plain' | 'text', value: unknown, hash: HashIdentifier): Scalar {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'string') return MASK
  return cut(kind === 'plain' ? value : mask(value, hash))
}
