import type { AuditEvent, Clock } from '@ac/kernel'
import type { FirstKeys, SigningKeyStore } from '../ports/signing-key-store.ts'
import type { SigningKey } from '../signing-key.ts'

/** Keeps keys, and the audit events that came with them, in lists. */
export class InMemorySigningKeyStore implements SigningKeyStore {
  readonly events: AuditEvent[] = []
  readonly #clock: Clock
  #keys: readonly SigningKey[] = []
  #failure: Error | undefined

  /** @param clock what the database's clock is to a real store */
  constructor(clock: Clock) {
    this.#clock = clock
  }

  async list(): Promise<readonly SigningKey[]> {
    if (this.#failure) throw this.#failure
    return this.#keys
  }

  async initialise({ active, next }: FirstKeys, events: readonly AuditEvent[]): Promise<boolean> {
    if (this.#failure) throw this.#failure
    if (this.#keys.length > 0) return false
    const createdAt = this.#clock()
    this.put(
      { ...active, status: 'active', createdAt, activatedAt: createdAt, retiresAt: undefined },
      { ...next, status: 'next', createdAt, activatedAt: undefined, retiresAt: undefined },
    )
    this.events.push(...events)
    return true
  }

  /** Puts exactly these keys there, in place of all that were, as a rotation or a revocation would. */
  put(...keys: readonly SigningKey[]): void {
    this.#keys = keys.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
  }

  /** Makes every later call of the port fail with `error`, as a broken database would; `undefined` ends that. */
  fail(error: Error | undefined): void {
    this.#failure = error
  }
}
