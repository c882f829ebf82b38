import {
  formatPlace,
  parsePlace,
  positionOf,
  type AuditEventFilter,
  type AuditEventPlace,
  type AuditEventReader,
  type ChainedEvent,
} from '@ac/audit'
import type { Listing } from '../../paging/pages.ts'

/** The events that `filter` lets through, newest first. Its cursors are good for that very filter only. */
export const auditEventListing = (
  reader: AuditEventReader,
  filter: AuditEventFilter,
): Listing<ChainedEvent, AuditEventPlace> => ({
  name: `audit events ${JSON.stringify([filter.type, filter.client, filter.from, filter.until])}`,
  positionOf,
  writePosition: formatPlace,
  readPosition: parsePlace,
  list: (limit, after) => reader.list(filter, limit, after),
})
