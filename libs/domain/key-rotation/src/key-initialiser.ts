import { NO_ORIGIN, type AuditEvent, type Clock, type KeyId } from '@ac/kernel'
import type { KeyCipher } from './ports/key-cipher.ts'
import type { KeyPairs } from './ports/key-pairs.ts'
import type { SigningKeyStore } from './ports/signing-key-store.ts'
import type { StoredKey } from './signing-key.ts'

/** What {@link KeyInitialiser} needs. */
export interface KeyInitialiserDeps {
  readonly store: SigningKeyStore
  readonly cipher: KeyCipher
  readonly pairs: KeyPairs
  readonly clock: Clock
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
   * key set.
   * @returns whether keys were made by this call
   * @throws {Unavailable} the store or the cipher does not answer
   */
  async initialise(): Promise<boolean> {
    const { store } = this.#deps
    if ((await store.list()).length > 0) return false
    const active = await this.#newKey()
    const next = await this.#newKey()
    return store.initialise({ active, next }, [this.#created(active.kid), this.#created(next.kid)])
  }

  async #newKey(): Promise<StoredKey> {
    const { kid, publicKey, privateKey } = await this.#deps.pairs.generate()
    try {
      return { kid, publicKey, sealedPrivateKey: await this.#deps.cipher.seal(kid, privateKey) }
    } finally {
      privateKey.fill(0)
    }
  }

  #created(kid: KeyId): AuditEvent {
    return {
      type: 'signing_key.created',
      outcome: 'success',
      reason: undefined,
      occurredAt: this.#deps.clock(),
      actor: 'system',
      target: kid,
      origin: NO_ORIGIN,
    }
  }
}
