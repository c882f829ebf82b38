import { AUDIT_EVENT_TYPES } from '@ac/kernel'
import type { Schema } from '../operation.ts'

const text: Schema = { type: ['string', 'null'] }

/** What happened once. */
export const AUDIT_EVENT: Schema = {
  type: 'object',
  required: [
    'occurred_at',
    'type',
    'outcome',
    'reason',
    'actor',
    'target',
    'request_id',
    'source',
    'trace_id',
    'writer',
    'sequence',
    'hash',
  ],
  additionalProperties: false,
  properties: {
    occurred_at: { type: 'string', format: 'date-time' },
    type: { enum: [...AUDIT_EVENT_TYPES] },
    outcome: { enum: ['success', 'failure'] },
    reason: { ...text, description: 'A constant word, such as `wrong_secret`.' },
    actor: { ...text, description: 'Who did it: a client id, or a word such as `acctl`.' },
    target: { ...text, description: 'What it was done to: a client id, a `kid`, a `jti`.' },
    request_id: text,
    source: { ...text, description: 'Keyed hash of the network address.' },
    trace_id: { ...text, description: 'W3C trace id.' },
    writer: { type: 'string', format: 'uuid', description: 'With `sequence`, the id of the event.' },
    sequence: { type: 'integer', minimum: 0 },
    hash: { type: 'string', description: 'Tells later whether the event was changed.', pattern: '^[0-9a-f]*$' },
  },
}

/** A page of what happened. */
export const AUDIT_EVENT_PAGE: Schema = {
  type: 'object',
  required: ['events', 'next_cursor'],
  additionalProperties: false,
  properties: {
    events: { type: 'array', items: { $ref: '#/components/schemas/AuditEvent' }, maxItems: 100 },
    next_cursor: { type: ['string', 'null'], description: 'For `cursor`; null on the last page.' },
  },
}
