import { parseTimestamp } from '@ac/audit'
import { InvalidArgumentError } from 'commander'

/** Reads an option's value as a time of RFC 3339. */
export function timestamp(text: string): Date {
  const date = parseTimestamp(text)
  if (date) return date
  throw new InvalidArgumentError('It must be a time of RFC 3339, such as 2026-03-01T12:00:00Z.')
}
