import type { AuditEvent, Clock } from '@ac/kernel'
import type { KeySet, KeySetChange, SigningKeyStore } from '../ports/signing-key-store.ts'
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

  async read(): Promise<KeySet> {
    return this.#held()
  }

  /** Calls take turns by themselves: nothing is waited for between reading and writing. */
  async change<T>(decide: (keySet: KeySet) => KeySetChange<T>): Promise<T> {
    const { result, write, events } = decide(this.#held())
    this.put(...write.reduce(withKey, this.#keys))
    this.events.push(...events)
    return result
  }

  /** Puts exactly these keys there, in place of all that were. */
  put(...keys: readonly SigningKey[]): void {
    this.#keys = keys.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
  }

  /** Makes every later call of the port fail with `error`, as a broken database would; `undefined` ends that. */
  fail(error: Error | undefined): void {
    this.#failure = error
  }

  #held(): KeySet {
    if (this.#failure) throw this.#failure
    return { now: this.#clock(), keys: this.#keys }
  }
}

function withKey(keys: readonly SigningKey[], key: SigningKey): readonly SigningKey[] {
  const others = keys.filter(({ kid }) => kid !== key.kid)
  const alone = key.status === 'active' || key.status === 'next'
  if (alone && others.some(({ status }) => status === key.status))
    throw new Error(`there is a key that is ${key.status}`)
  return [...others, key]
}
