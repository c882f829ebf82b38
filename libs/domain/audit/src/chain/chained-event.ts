import type { AuditEvent } from '@ac/kernel'
import type { ChainPosition } from './chain-position.ts'
import type { WriterId } from './writer-id.ts'

/** An event as it is kept: a link of its writer's chain. */
export interface ChainedEvent {
  readonly writer: WriterId
  /** Counts the events of the chain, from 1. */
  readonly sequence: number
  /** Hash of the event before it in the chain, {@link NO_HASH} for the first: 64 hexadecimal digits. */
  readonly previousHash: string
  /** Keyed hash of all the rest: 64 hexadecimal digits. */
  readonly hash: string
  readonly event: AuditEvent
}

/** What stands for the hash before the first event of a chain. */
export const NO_HASH = '0'.repeat(64)

export const positionOf = ({ writer, sequence, hash, event }: ChainedEvent): ChainPosition => ({
  writer,
  sequence,
  hash,
  occurredAt: event.occurredAt,
})
