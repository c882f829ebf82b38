import {
  parseTimestamp,
  representAuditEvent,
  type AuditEventFilter,
  type AuditEventReader,
  type AuditEventRepresentation,
} from '@ac/audit'
import { parseClientId } from '@ac/client-validation'
import { AUDIT_EVENT_TYPES, type AuditEventType } from '@ac/kernel'
import { Controller, Get, Inject, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { AUDIT_EVENT_READER, CURSORS } from '../../../composition/tokens.ts'
import { RequiresScope } from '../../bearer/requires-scope.ts'
import { InvalidRequest } from '../../errors/request-errors.ts'
import { Describes } from '../../openapi/operation.ts'
import type { Cursors } from '../../paging/cursors.ts'
import { PAGE_PARAMETERS, readPage } from '../../paging/pages.ts'
import { readQuery } from '../../paging/read-query.ts'
import { auditEventListing } from './audit-event-listing.ts'
import { LIST_AUDIT_EVENTS } from './audit-events.openapi.ts'

const PARAMETERS = [...PAGE_PARAMETERS, 'type', 'client', 'from', 'until'] as const

interface AuditEventPage {
  readonly events: readonly AuditEventRepresentation[]
  readonly next_cursor: string | null
}

/** What happened, for those who may administer clients. */
@Controller()
export class AuditEventsController {
  constructor(
    @Inject(AUDIT_EVENT_READER) private readonly reader: AuditEventReader,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get('/api/v1/admin/audit-events')
  @RequiresScope('admin:services')
  @Describes(LIST_AUDIT_EVENTS)
  async list(@Req() request: FastifyRequest): Promise<AuditEventPage> {
    const query = readQuery(request, PARAMETERS)
    const { items, nextCursor } = await readPage(query, this.cursors, auditEventListing(this.reader, readFilter(query)))
    return { events: items.map(representAuditEvent), next_cursor: nextCursor }
  }
}

function readFilter(query: ReadonlyMap<string, string>): AuditEventFilter {
  return {
    type: read(query.get('type'), eventType, 'type must be the type of an audit event'),
    client: read(query.get('client'), parseClientId, 'client must be the id of a client'),
    from: read(query.get('from'), parseTimestamp, 'from must be a time of RFC 3339'),
    until: read(query.get('until'), parseTimestamp, 'until must be a time of RFC 3339'),
  }
}

const eventType = (text: string): AuditEventType | undefined => AUDIT_EVENT_TYPES.find((known) => known === text)

/** @throws {InvalidRequest} `text` is there and is nothing that `parse` reads */
function read<T>(text: string | undefined, parse: (text: string) => T | undefined, rule: string): T | undefined {
  if (text === undefined) return undefined
  const value = parse(text)
  if (value === undefined) throw new InvalidRequest(rule)
  return value
}
