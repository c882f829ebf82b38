import { NO_ORIGIN, type AuditEvent, type Clock, type Log } from '@ac/kernel'
import { formatPosition, type ChainPosition } from '../chain/chain-position.ts'
import type { ChainEnds } from '../ports/chain-ends.ts'
import type { ChainWriter } from '../ports/chain-writer.ts'

/** The message of the log line that repeats a checkpoint; its field `position` is what `formatPosition` gives. */
export const CHECKPOINT_MESSAGE = 'audit checkpoint'

const FIRST_LOOK_BACK_SECONDS = 24 * 3600
const LOOK_BACK_SECONDS = 600

/** What {@link Checkpointer} needs. */
export interface CheckpointerDeps {
  readonly ends: ChainEnds
  /** The chains of this process, at least one. The first of them vouches for the chains of others. */
  readonly writers: readonly [ChainWriter, ...ChainWriter[]]
  readonly clock: Clock
  readonly log: Log
}

/**
 * Writes checkpoints: an event in each chain of this process that has grown, one for each chain of another process whose
 * end nobody has vouched for yet, and a line in the log for each chain of ours. Whoever then cuts off the end of a chain
 * contradicts another chain, and the log.
 */
export class Checkpointer {
  readonly #deps: CheckpointerDeps
  #lookBackSeconds = FIRST_LOOK_BACK_SECONDS

  constructor(deps: CheckpointerDeps) {
    this.#deps = deps
  }

  /**
   * To be called every half minute or so: what was written since then is what a cut may take unnoticed.
   * @throws {Unavailable} the storage does not answer; the next call makes up for it
   */
  checkpoint(): Promise<void> {
    return this.#checkpoint('interval')
  }

  /**
   * To be called when no event will come any more. Each chain then says that it is complete.
   * @throws {Unavailable} the storage does not answer; the chains stay open
   */
  stop(): Promise<void> {
    return this.#checkpoint('stopped')
  }

  async #checkpoint(reason: 'interval' | 'stopped'): Promise<void> {
    const { ends, writers } = this.#deps
    const [first] = writers
    const own = first.end ? [first.end.writer] : []
    // A process that wrote nothing leaves nothing behind, and its end changes nothing.
    const idle = writers.every(({ end }) => end === undefined)
    const lookBackSeconds = this.#lookBackSeconds
    // After a failure nobody knows for how long nobody has looked.
    this.#lookBackSeconds = FIRST_LOOK_BACK_SECONDS
    const others = idle && reason === 'stopped' ? [] : await ends.unvouched(lookBackSeconds, own)
    await this.#vouch(first, others, reason)
    for (const writer of writers.slice(1)) await this.#vouch(writer, [], reason)
    this.#lookBackSeconds = LOOK_BACK_SECONDS
  }

  async #vouch(writer: ChainWriter, others: readonly ChainPosition[], reason: 'interval' | 'stopped'): Promise<void> {
    const due = writer.hasNews || others.length > 0 || (reason === 'stopped' && writer.end !== undefined)
    if (!due) return
    const events = [
      ...others.map((end) => this.#event('witnessed', formatPosition(end))),
      this.#event(reason, undefined),
    ]
    await writer.append(events)
    if (writer.end) this.#deps.log.info(CHECKPOINT_MESSAGE, { position: formatPosition(writer.end) })
  }

  #event(reason: string, target: string | undefined): AuditEvent {
    return {
      type: 'audit.checkpoint',
      outcome: 'success',
      reason,
      occurredAt: this.#deps.clock(),
      actor: 'system',
      target,
      origin: NO_ORIGIN,
    }
  }
}
