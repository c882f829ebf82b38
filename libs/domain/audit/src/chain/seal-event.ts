import type { AuditEvent } from '@ac/kernel'
import type { ChainKey } from '../ports/chain-key.ts'
import type { WriterId } from './writer-id.ts'

/** Where an event stands: all that its hash covers besides the event itself. */
export interface ChainPlace {
  /** Which installation's trail it is, so that a chain means nothing in another database. */
  readonly trail: string
  readonly writer: WriterId
  readonly sequence: number
  readonly previousHash: string
}

const FORMAT = 'ac-service audit event 1'

/**
 * An event as one line of JSON, by the names of its columns in a fixed order. What is absent is left out, so it differs
 * from what is empty; times have milliseconds, as the columns do. No two events have the same line.
 */
export const encodeEvent = ({ type, outcome, reason, occurredAt, actor, target, origin }: AuditEvent): string =>
  JSON.stringify({
    occurred_at: occurredAt,
    type,
    outcome,
    reason,
    actor,
    target,
    request_id: origin.requestId,
    source: origin.source,
    trace_id: origin.traceId,
  })

/**
 * The hash of an event in its place. Each part ends at a line feed, which no part can hold, so nothing can move from one
 * to another.
 * @param encoded what {@link encodeEvent} makes of the event
 */
export const sealEvent = (
  key: ChainKey,
  { trail, writer, sequence, previousHash }: ChainPlace,
  encoded: string,
): string => key.seal(`${FORMAT}\n${trail}\n${writer}\n${sequence}\n${previousHash}\n${encoded}`)
