import { NO_ORIGIN, type AuditEvent, type Clock } from '@ac/kernel'
import type { ChainKey } from '../ports/chain-key.ts'
import { formatPosition, type ChainPosition } from './chain-position.ts'
import { NO_HASH } from './chained-event.ts'
import { encodeEvent, sealEvent } from './seal-event.ts'
import { newWriterId, WRITER_ID_RANDOM_BYTES, type WriterId } from './writer-id.ts'

/** What {@link AuditChain} needs. */
export interface AuditChainDeps {
  readonly key: ChainKey
  readonly randomBytes: (length: number) => Uint8Array
  readonly clock: Clock
}

/** Events as the next links of a chain, not yet part of it. */
export interface LinkedEvents {
  readonly writer: WriterId
  readonly firstSequence: number
  /** Each event by `encodeEvent`, in order. */
  readonly encoded: readonly string[]
  /** The hash before the first event, then that of each: one more than there are events. */
  readonly hashes: readonly string[]
  /** Where the chain ends with them. */
  readonly end: ChainPosition
  /** Whether the last of them is an act, and not a checkpoint. */
  readonly endsWithAct: boolean
}

/**
 * The end of one chain, which one writer holds in memory. Its owner makes sure that at most one {@link link} is open at a
 * time: the next one begins after {@link accept}, after {@link abandon}, or when it is certain that nothing was kept.
 * The first event of every chain tells that it began.
 */
export class AuditChain {
  readonly #deps: AuditChainDeps
  #writer: WriterId
  #end: ChainPosition | undefined
  #continued: ChainPosition | undefined
  #hasNews = false

  constructor(deps: AuditChainDeps) {
    this.#deps = deps
    this.#writer = this.#newWriter()
  }

  /** Where the chain is known to end; `undefined` before its first event is kept. */
  get end(): ChainPosition | undefined {
    return this.#end
  }

  /** Whether an act was kept since the last checkpoint. */
  get hasNews(): boolean {
    return this.#hasNews
  }

  /** `events`, at least one, as the next links. @param trail the id of the trail that they will be kept in */
  link(trail: string, events: readonly AuditEvent[]): LinkedEvents {
    const linked = this.#end ? events : [this.#start(), ...events]
    const firstSequence = (this.#end?.sequence ?? 0) + 1
    const encoded = linked.map(encodeEvent)
    const hashes = [this.#end?.hash ?? NO_HASH]
    for (const [index, text] of encoded.entries()) {
      const place = { trail, writer: this.#writer, sequence: firstSequence + index, previousHash: hashes[index] ?? '' }
      hashes.push(sealEvent(this.#deps.key, place, text))
    }
    const last = linked.at(-1)
    const end = {
      writer: this.#writer,
      sequence: firstSequence + linked.length - 1,
      hash: hashes.at(-1) ?? '',
      occurredAt: last?.occurredAt ?? this.#deps.clock(),
    }
    const endsWithAct = last?.type !== 'audit.checkpoint'
    return { writer: this.#writer, firstSequence, encoded, hashes, end, endsWithAct }
  }

  /** The events are committed: the chain ends with them. */
  accept({ end, endsWithAct }: LinkedEvents): void {
    this.#end = end
    this.#hasNews = endsWithAct
  }

  /**
   * Whether the events of the last {@link link} are committed, or will be yet, nobody knows. What comes is written to a new
   * chain, which names the last certain end of this one: so neither a gap nor a fork can come of it.
   */
  abandon(): void {
    this.#continued = this.#end ?? this.#continued
    this.#end = undefined
    this.#writer = this.#newWriter()
  }

  #start(): AuditEvent {
    return {
      type: 'audit.checkpoint',
      outcome: 'success',
      reason: 'started',
      occurredAt: this.#deps.clock(),
      actor: 'system',
      target: this.#continued && formatPosition(this.#continued),
      origin: NO_ORIGIN,
    }
  }

  #newWriter(): WriterId {
    const { key, randomBytes } = this.#deps
    return newWriterId(key.id, randomBytes(WRITER_ID_RANDOM_BYTES))
  }
}
