import { describe, expect, it } from '@jest/globals'
import type { AuditEvent } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import type { ChainWriter } from '../ports/chain-writer.ts'

/** A writer under test that has written nothing, with a way to read back what it has committed. */
export interface ChainWriterUnderTest {
  readonly writer: ChainWriter
  committed(): Promise<readonly AuditEvent[]>
}

const CHECKPOINT = auditEvent({ type: 'audit.checkpoint', reason: 'interval', target: undefined })

/** What every {@link ChainWriter} promises. `create` makes one of its own for each test. */
export function chainWriterContract(name: string, create: () => Promise<ChainWriterUnderTest>): void {
  describe(`${name} keeps the ChainWriter contract`, () => {
    it('has committed the events, in their order, when the promise resolves', async () => {
      const { writer, committed } = await create()
      const events = ['a', 'b', 'c'].map((target) => auditEvent({ target }))
      await writer.append(events)
      expect(await committed()).toEqual(events)
    })

    it('knows where its chain ends, from the first event on', async () => {
      const { writer } = await create()
      expect(writer.end).toBeUndefined()
      await writer.append([auditEvent()])
      const before = writer.end
      await writer.append([auditEvent({ occurredAt: new Date('2026-03-02T00:00:00.000Z') }), CHECKPOINT])
      expect(writer.end).toMatchObject({ writer: before?.writer, sequence: (before?.sequence ?? 0) + 2 })
      expect(writer.end?.occurredAt).toEqual(CHECKPOINT.occurredAt)
    })

    it('has news from an act until the next checkpoint', async () => {
      const { writer } = await create()
      const news = [writer.hasNews]
      for (const event of [auditEvent(), CHECKPOINT, CHECKPOINT, auditEvent()]) {
        await writer.append([event])
        news.push(writer.hasNews)
      }
      expect(news).toEqual([false, true, false, false, true])
    })
  })
}
