import type { Clock, KeyId } from '@ac/kernel'
import type { KeyCipher } from './ports/key-cipher.ts'
import type { KeyPairs, Signer } from './ports/key-pairs.ts'
import type { SigningKeyStore } from './ports/signing-key-store.ts'
import type { SigningKey } from './signing-key.ts'

/** What {@link KeyRing} needs. */
export interface KeyRingDeps {
  readonly store: SigningKeyStore
  readonly cipher: KeyCipher
  readonly pairs: KeyPairs
  readonly clock: Clock
}

interface Contents {
  readonly published: readonly SigningKey[]
  readonly signers: ReadonlyMap<KeyId, Signer>
  readonly active: Signer | undefined
}

const EMPTY: Contents = { published: [], signers: new Map(), active: undefined }

/**
 * The keys as this process knows them: what it publishes, and what it signs with.
 * Both change together, in one step, so it never signs with a key that it does not publish. Private keys are opened
 * once and stay in memory; `next` is opened ahead, so that its promotion cannot fail on a wrong master key.
 * When a refresh fails the last known keys stay in use.
 */
export class KeyRing {
  readonly #deps: KeyRingDeps
  #contents = EMPTY
  #turns = 0
  #takenOver = 0

  constructor(deps: KeyRingDeps) {
    this.#deps = deps
  }

  /**
   * Takes over what the store holds now. Of concurrent calls the one that began last decides: an older answer that
   * comes late does not bring back a key that is revoked by then.
   * @throws {SealedKeyRejected} the active or the next key does not open; nothing was taken over
   * @throws {Unavailable} the store or the cipher does not answer; nothing was taken over
   */
  async refresh(): Promise<void> {
    const turn = ++this.#turns
    const published = (await this.#deps.store.list()).filter(({ status }) => status !== 'revoked')
    const signers = new Map<KeyId, Signer>()
    for (const key of published) {
      if (key.status !== 'retiring') signers.set(key.kid, await this.#signer(key))
    }
    const active = published.find(({ status }) => status === 'active')
    if (turn < this.#takenOver) return
    this.#takenOver = turn
    this.#contents = { published, signers, active: active && signers.get(active.kid) }
  }

  /** The keys to publish at this moment: active, next, and retiring ones whose time is not over. */
  published(): readonly SigningKey[] {
    const now = this.#deps.clock()
    return this.#contents.published.filter(({ retiresAt }) => !retiresAt || retiresAt > now)
  }

  /** Signs with the active key; `undefined` while there is none. */
  active(): Signer | undefined {
    return this.#contents.active
  }

  async #signer({ kid, sealedPrivateKey }: SigningKey): Promise<Signer> {
    const known = this.#contents.signers.get(kid)
    if (known) return known
    const privateKey = await this.#deps.cipher.open(kid, sealedPrivateKey)
    try {
      return this.#deps.pairs.signer(kid, privateKey)
    } finally {
      privateKey.fill(0)
    }
  }
}
