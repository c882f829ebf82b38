import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, type AuditEvent } from '../audit-event.ts'
import type { AuditTrail } from '../audit-trail.ts'

/** An audit trail under test, with a way to read back what it has committed, oldest first. */
export interface AuditTrailUnderTest {
  readonly trail: AuditTrail
  committed(): Promise<readonly AuditEvent[]>
}

/** An event of the kind that a busy service writes most. */
export const auditEvent = (over: Partial<AuditEvent> = {}): AuditEvent => ({
  type: 'token.issued',
  outcome: 'success',
  reason: undefined,
  occurredAt: new Date('2026-03-01T12:00:00.123Z'),
  actor: 'svc_a',
  target: 'jti-1',
  origin: NO_ORIGIN,
  ...over,
})

/** What every {@link AuditTrail} promises. `create` makes an empty one for each test. */
export function auditTrailContract(name: string, create: () => Promise<AuditTrailUnderTest>): void {
  describe(`${name} keeps the AuditTrail contract`, () => {
    it('has committed an event, every field of it, when the promise resolves', async () => {
      const { trail, committed } = await create()
      const event = auditEvent({
        type: 'client.authentication_failed',
        outcome: 'failure',
        reason: 'wrong_secret',
        origin: { requestId: 'r-1', source: 'h:0123456789abcdef', traceId: '0af7651916cd43dd8448eb211c80319c' },
      })
      await trail.record(event)
      expect(await committed()).toEqual([event])
    })

    it('keeps absent fields absent', async () => {
      const { trail, committed } = await create()
      await trail.record(auditEvent({ actor: undefined, target: undefined }))
      expect(await committed()).toEqual([auditEvent({ actor: undefined, target: undefined })])
    })

    it('loses none and doubles none of many events recorded at once', async () => {
      const { trail, committed } = await create()
      const targets = Array.from({ length: 500 }, (_, index) => `jti-${index}`)
      await Promise.all(targets.map((target) => trail.record(auditEvent({ target }))))
      const kept = (await committed()).map(({ target }) => target)
      expect(kept).toHaveLength(targets.length)
      expect(new Set(kept)).toEqual(new Set(targets))
    })

    it('keeps the order of events recorded one after the other', async () => {
      const { trail, committed } = await create()
      for (const target of ['c', 'a', 'b']) await trail.record(auditEvent({ target }))
      expect((await committed()).map(({ target }) => target)).toEqual(['c', 'a', 'b'])
    })
  })
}
