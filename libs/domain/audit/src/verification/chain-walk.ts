import type { ChainedEvent } from '../chain/chained-event.ts'
import type { LinkRange } from '../ports/stored-trail.ts'
import type { Fault } from './finding.ts'
import type { SealCheck } from './seal-check.ts'

/** What one step of the walk saw. */
export interface Step {
  readonly link: ChainedEvent
  /** Whether it is the first event of its chain that the walk meets. */
  readonly entersChain: boolean
  /** What is wrong with the event, alone and behind the one before it. */
  readonly faults: readonly Fault[]
  /** The places before the event at which there is none, when there are any. */
  readonly gap: LinkRange | undefined
}

interface Last {
  readonly link: ChainedEvent
  readonly sealed: boolean
}

/** Walks along the stored events in the order of writer and sequence, and remembers only the last one. */
export class ChainWalk {
  readonly #seals: SealCheck
  #last: Last | undefined
  #chains = 0
  #stopped = 0

  constructor(seals: SealCheck) {
    this.#seals = seals
  }

  step(link: ChainedEvent): Step {
    const before = this.#last?.link.writer === link.writer ? this.#last : undefined
    const own = this.#seals.fault(link)
    this.#last = { link, sealed: own === undefined }
    if (!before) this.#chains++
    if (own === undefined && link.event.type === 'audit.checkpoint' && link.event.reason === 'stopped') this.#stopped++
    return {
      link,
      entersChain: !before,
      faults: [own, before && faultBehind(before, link, own)].filter((fault) => fault !== undefined),
      gap: gapBehind(before?.link.sequence ?? 0, link),
    }
  }

  /** Chains met so far. */
  get chains(): number {
    return this.#chains
  }

  /** Chains met so far whose writer did not say that nothing would come any more. */
  get openChains(): number {
    return this.#chains - this.#stopped
  }
}

function faultBehind(before: Last, link: ChainedEvent, own: Fault | undefined): Fault | undefined {
  if (link.sequence === before.link.sequence) return 'duplicate'
  // An event whose own seal is broken says nothing about what stands beside it.
  const neighbours = link.sequence === before.link.sequence + 1 && before.sealed && own === undefined
  return neighbours && link.previousHash !== before.link.hash ? 'forked' : undefined
}

const gapBehind = (last: number, { writer, sequence }: ChainedEvent): LinkRange | undefined =>
  sequence > last + 1 ? { writer, first: last + 1, last: sequence - 1 } : undefined
