import { NO_ORIGIN } from '@ac/kernel'
import { keyEvent } from './key-event.ts'
import { makeStoredKey, type StoredKeyMakers } from './make-stored-key.ts'
import type { SigningKeyStore } from './ports/signing-key-store.ts'
import { activated, waitingKey } from './signing-key.ts'

/** What {@link KeyInitialiser} needs. */
export interface KeyInitialiserDeps extends StoredKeyMakers {
  readonly store: SigningKeyStore
}

/** Makes the first keys of a new installation, and never any later ones. */
export class KeyInitialiser {
  readonly #deps: KeyInitialiserDeps

  constructor(deps: KeyInitialiserDeps) {
    this.#deps = deps
  }

  /**
   * Makes an active and a next key if the store never held any. A store with keys that cannot be opened is not empty:
   * new keys are no answer to a wrong master key. The first key may sign at once, since no verifier can hold an older
   * key set. Of any number of concurrent calls on an empty store one makes the keys, and every other returns after they
   * can be read.
   * @returns whether keys were made by this call
   * @throws {Unavailable} the store or the cipher does not answer
   */
  async initialise(): Promise<boolean> {
    const { store } = this.#deps
    if ((await store.read()).keys.length > 0) return false
    const [first, second] = [await makeStoredKey(this.#deps), await makeStoredKey(this.#deps)]
    return store.change(({ now, keys }) => {
      if (keys.length > 0) return { result: false, write: [], events: [] }
      const write = [activated(waitingKey(first, now), now), waitingKey(second, now)]
      const act = { actor: 'system', origin: NO_ORIGIN, at: now }
      return { result: true, write, events: write.map(({ kid }) => keyEvent(act, 'signing_key.created', kid)) }
    })
  }
}
