import { NO_ORIGIN, type AuditEvent } from '@ac/kernel'
import { parseWriterId } from '../chain/writer-id.ts'
import type { LinkRange } from '../ports/stored-trail.ts'

/** What retention did: everything from before `horizon` is gone, of chains that go on after it these parts. */
export interface RetentionOutcome {
  readonly horizon: Date
  readonly shortened: readonly LinkRange[]
}

const RANGE = /^(\S{36}) ([1-9]\d{0,15})-([1-9]\d{0,15})$/

/** The events that tell of `outcome`, for the chain of whoever dropped the events. */
export function retentionEvents({ horizon, shortened }: RetentionOutcome, occurredAt: Date): readonly AuditEvent[] {
  const event = (type: AuditEvent['type'], target: string): AuditEvent => ({
    type,
    outcome: 'success',
    reason: undefined,
    occurredAt,
    actor: 'system',
    target,
    origin: NO_ORIGIN,
  })
  return [
    event('audit.retention_applied', horizon.toISOString()),
    ...shortened.map(({ writer, first, last }) => event('audit.chain_shortened', `${writer} ${first}-${last}`)),
  ]
}

/** What {@link retentionEvents} told, put together from any number of its events; other events say nothing. */
export function readRetention(events: readonly AuditEvent[]): {
  readonly horizon: Date | undefined
  readonly shortened: readonly LinkRange[]
} {
  const horizons = events.flatMap((event) => (event.type === 'audit.retention_applied' ? [readHorizon(event)] : []))
  return {
    horizon: horizons.reduce(
      (latest, horizon) => (latest && horizon && latest > horizon ? latest : horizon),
      undefined,
    ),
    shortened: events.flatMap((event) => (event.type === 'audit.chain_shortened' ? readRange(event) : [])),
  }
}

function readHorizon({ target = '' }: AuditEvent): Date | undefined {
  const horizon = new Date(target)
  return Number.isNaN(horizon.getTime()) ? undefined : horizon
}

function readRange({ target = '' }: AuditEvent): readonly LinkRange[] {
  const [, id = '', first, last] = RANGE.exec(target) ?? []
  const writer = parseWriterId(id)
  return writer ? [{ writer, first: Number(first), last: Number(last) }] : []
}
