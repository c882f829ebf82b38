import type { AuditEvent } from '@ac/kernel'
import type { AuditChain } from '../chain/audit-chain.ts'
import type { ChainPosition } from '../chain/chain-position.ts'
import type { ChainWriter } from '../ports/chain-writer.ts'
import { anAuditChain } from './an-audit-chain.ts'

/** Keeps what it writes in a list. `refuse` makes every later write fail. */
export class InMemoryChainWriter implements ChainWriter {
  readonly events: AuditEvent[] = []
  readonly #chain: AuditChain = anAuditChain()
  #refusal: Error | undefined

  get end(): ChainPosition | undefined {
    return this.#chain.end
  }

  get hasNews(): boolean {
    return this.#chain.hasNews
  }

  async append(events: readonly AuditEvent[]): Promise<void> {
    if (this.#refusal) throw this.#refusal
    this.#chain.accept(this.#chain.link('trail', events))
    this.events.push(...events)
  }

  refuse(error: Error | undefined): void {
    this.#refusal = error
  }
}
