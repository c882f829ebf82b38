import { Secret, type LogFields } from '@ac/kernel'

/** Longest text of a log line, in UTF-16 code units; the rest is cut off and marked by an ellipsis. */
export const MAX_TEXT_LENGTH = 512

const OWN_NAMES: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'service', 'version', 'environment', 'region'])

type Scalar = string | number | boolean

/** Cuts `text` to {@link MAX_TEXT_LENGTH}, never within a character. */
export function cut(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH - 1).toWellFormed()}…`
}

/**
 * Makes fields fit for a line: texts cut, absent values left out, and a name that the line itself uses followed by `_`,
 * because a JSON object with two `level` means whatever its reader likes. What is no scalar, which only a cast brings
 * here, shows its kind and nothing of its content.
 */
export function loggable(fields: LogFields): Record<string, Scalar> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [OWN_NAMES.has(name) ? `${name}_` : name, scalar(value)]))
}

function scalar(value: unknown): Scalar {
  if (typeof value === 'string') return cut(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return value instanceof Secret ? value.toString() : '[not a scalar]'
}
