import type { ChainedEvent } from '../chain/chained-event.ts'
import { encodeEvent, sealEvent } from '../chain/seal-event.ts'
import { keyIdOf, parseWriterId } from '../chain/writer-id.ts'
import type { ChainKey } from '../ports/chain-key.ts'
import type { Fault } from './finding.ts'

/** Checks the seals of one trail. */
export class SealCheck {
  readonly #trail: string
  readonly #keys: ReadonlyMap<string, ChainKey>

  /** @param keys the one in use, and earlier ones */
  constructor(trail: string, keys: readonly ChainKey[]) {
    this.#trail = trail
    this.#keys = new Map(keys.map((key) => [key.id, key]))
  }

  /** What is wrong with an event by itself; `undefined` when its writer wrote exactly this, at this place of this trail. */
  fault({ writer, sequence, previousHash, hash, event }: ChainedEvent): Fault | undefined {
    if (!parseWriterId(writer)) return 'unchained'
    const key = this.#keys.get(keyIdOf(writer))
    if (!key) return 'unknown_key'
    const place = { trail: this.#trail, writer, sequence, previousHash }
    return hash === sealEvent(key, place, encodeEvent(event)) ? undefined : 'altered'
  }
}
