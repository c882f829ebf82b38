import { AUDIT_EVENT_TYPES, type AuditEvent } from '@ac/kernel'
import fc from 'fast-check'

/** What PostgreSQL can keep as text, short, and often alike or empty. */
const text = fc.oneof(
  fc.constantFrom(undefined, '', 'a', 'svc_a'),
  fc.string({ unit: 'binary', maxLength: 6 }).filter((value) => value.isWellFormed() && !value.includes('\0')),
)

/** Any event that can be kept. */
export const anEventArbitrary: fc.Arbitrary<AuditEvent> = fc.record({
  type: fc.constantFrom(...AUDIT_EVENT_TYPES),
  outcome: fc.constantFrom('success' as const, 'failure' as const),
  reason: text,
  occurredAt: fc.date({
    min: new Date('1970-01-01T00:00:00.000Z'),
    max: new Date('2100-01-01T00:00:00.000Z'),
    noInvalidDate: true,
  }),
  actor: text,
  target: text,
  origin: fc.record({ requestId: text, source: text, traceId: text }),
})
