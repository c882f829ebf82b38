import { parseWriterId } from '../chain/writer-id.ts'
import type { AuditEventPlace } from '../ports/audit-event-reader.ts'

const FORMAT = /^(\S{24}) (\S{36}) ([1-9]\d{0,15})$/

/** A place in a listing as text, for a later page. */
export const formatPlace = ({ occurredAt, writer, sequence }: AuditEventPlace): string =>
  `${occurredAt.toISOString()} ${writer} ${sequence}`

/** The place that {@link formatPlace} wrote; `undefined` for any other text. */
export function parsePlace(text: string): AuditEventPlace | undefined {
  const [, time = '', id = '', sequence] = FORMAT.exec(text) ?? []
  const [occurredAt, writer] = [new Date(time), parseWriterId(id)]
  if (!writer || Number.isNaN(occurredAt.getTime())) return undefined
  const place = { occurredAt, writer, sequence: Number(sequence) }
  return formatPlace(place) === text ? place : undefined
}
