import type { KeyId, Origin } from '@ac/kernel'
import { keyEvent } from './key-event.ts'
import type { KeyCipher } from './ports/key-cipher.ts'
import type { SigningKeyStore } from './ports/signing-key-store.ts'
import type { SigningKey } from './signing-key.ts'

/** What {@link KeyRewrapper} needs. */
export interface KeyRewrapperDeps {
  readonly store: SigningKeyStore
  readonly cipher: KeyCipher
}

/** Seals private keys anew after the master key was changed. */
export class KeyRewrapper {
  readonly #deps: KeyRewrapperDeps

  constructor(deps: KeyRewrapperDeps) {
    this.#deps = deps
  }

  /**
   * Seals every private key that there is under the current master key, one by one, each with its audit event. What is
   * sealed so already stays as it is: a second call does nothing, and one after a failure goes on where that one ended.
   * Concurrency: a key that somebody else changes meanwhile is left as he made it.
   * @param actor who asks: `acctl`
   * @returns the keys that were sealed anew by this call
   * @throws {SealedKeyRejected} a key does not open; those before it are done
   * @throws {Unavailable} the store or the cipher does not answer; those before it are done
   */
  async rewrap(actor: string, origin: Origin): Promise<readonly KeyId[]> {
    const rewrapped: KeyId[] = []
    for (const key of (await this.#deps.store.read()).keys) {
      if (await this.#rewrapped(key, actor, origin)) rewrapped.push(key.kid)
    }
    return rewrapped
  }

  async #rewrapped({ kid, sealedPrivateKey: before }: SigningKey, actor: string, origin: Origin): Promise<boolean> {
    const { store, cipher } = this.#deps
    if (before.length === 0 || (await cipher.isCurrent(before))) return false
    const privateKey = await cipher.open(kid, before)
    let after: Uint8Array
    try {
      after = await cipher.seal(kid, privateKey)
    } finally {
      privateKey.fill(0)
    }
    return store.change(({ now, keys }) => {
      const key = keys.find((candidate) => candidate.kid === kid)
      if (!key || !same(key.sealedPrivateKey, before)) return { result: false, write: [], events: [] }
      return {
        result: true,
        write: [{ ...key, sealedPrivateKey: after }],
        events: [keyEvent({ actor, origin, at: now }, 'signing_key.rewrapped', kid)],
      }
    })
  }
}

const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index])
