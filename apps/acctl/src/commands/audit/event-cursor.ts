import { formatPlace, parsePlace, type AuditEventPlace } from '@ac/audit'

/** A place in the listing of audit events as one word, for a later call. */
export const writeCursor = (place: AuditEventPlace): string => Buffer.from(formatPlace(place)).toString('base64url')

/** The place that {@link writeCursor} wrote; `undefined` for any other text. */
export function readCursor(text: string): AuditEventPlace | undefined {
  const place = parsePlace(Buffer.from(text, 'base64url').toString('latin1'))
  return place && writeCursor(place) === text ? place : undefined
}
