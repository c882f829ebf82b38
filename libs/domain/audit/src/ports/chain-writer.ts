import type { AuditEvent } from '@ac/kernel'
import type { ChainPosition } from '../chain/chain-position.ts'

/** Whoever writes one chain. */
export interface ChainWriter {
  /** Where the chain is known to end; `undefined` while nothing is written. */
  readonly end: ChainPosition | undefined
  /** Whether an act was written since the last checkpoint. */
  readonly hasNews: boolean
  /**
   * Resolves when `events` are committed, in their order.
   * @throws {AuditWriteFailed} they are not, or nobody knows
   * @throws {Overloaded} too many events wait already
   */
  append(events: readonly AuditEvent[]): Promise<void>
}
