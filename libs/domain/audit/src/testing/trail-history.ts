import { NO_ORIGIN, type AuditEvent } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import type { AuditChain } from '../chain/audit-chain.ts'
import { formatPosition } from '../chain/chain-position.ts'
import type { ChainedEvent } from '../chain/chained-event.ts'
import type { ChainKey } from '../ports/chain-key.ts'
import { anAuditChain } from './an-audit-chain.ts'
import { FakeChainKey } from './fake-chain-key.ts'

/** Writes a trail as several writers would, a second for each event. */
export class TrailHistory {
  readonly rows: ChainedEvent[] = []
  readonly chains: readonly AuditChain[]
  readonly #clock: MovingClock

  constructor(
    writers: number,
    { key = new FakeChainKey(), start = '2026-03-01T00:00:00.000Z' }: { key?: ChainKey; start?: string } = {},
  ) {
    this.#clock = new MovingClock(start)
    this.chains = Array.from({ length: writers }, () => anAuditChain({ key, clock: this.#clock.now }))
  }

  /** Has a writer record these events, in one go. */
  record(writer: number, ...events: readonly Partial<AuditEvent>[]): void {
    const chain = this.#chain(writer)
    const recorded = events.map((over): AuditEvent => {
      this.#clock.advanceSeconds(1)
      const plain = { type: 'token.issued', outcome: 'success', reason: undefined, actor: 'svc_a' } as const
      return { ...plain, target: 'jti', origin: NO_ORIGIN, occurredAt: this.#clock.now(), ...over }
    })
    const linked = chain.link('trail', recorded)
    chain.accept(linked)
    this.rows.push(
      ...linked.encoded.map((encoded, index) => ({
        writer: linked.writer,
        sequence: linked.firstSequence + index,
        previousHash: linked.hashes[index] ?? '',
        hash: linked.hashes[index + 1] ?? '',
        event: decode(encoded),
      })),
    )
  }

  /** Has a writer vouch for where every other chain ends. */
  vouch(writer: number): void {
    const ends = this.chains.flatMap(({ end }, index) => (end && index !== writer ? [end] : []))
    if (ends.length === 0) return
    this.record(writer, ...ends.map((end) => ({ type: 'audit.checkpoint' as const, target: formatPosition(end) })))
  }

  #chain(writer: number): AuditChain {
    const chain = this.chains[writer]
    if (!chain) throw new Error(`there are ${this.chains.length} writers`)
    return chain
  }
}

function decode(encoded: string): AuditEvent {
  const { occurred_at, request_id, source, trace_id, ...rest } = JSON.parse(encoded) as Readonly<Record<string, string>>
  const origin = { requestId: request_id, source, traceId: trace_id }
  const absent = { reason: undefined, actor: undefined, target: undefined }
  return { ...absent, ...rest, occurredAt: new Date(occurred_at ?? ''), origin } as unknown as AuditEvent
}
