import type { Clock, KeyId } from '@ac/kernel'
import type { KeyCipher } from './ports/key-cipher.ts'
import type { KeyPairs, Signer } from './ports/key-pairs.ts'
import type { SigningKeyStore } from './ports/signing-key-store.ts'
import { SealedKeyRejected } from './sealed-key-rejected.ts'
import type { PublicKey, SigningKey } from './signing-key.ts'

/** What {@link KeyRing} needs. */
export interface KeyRingDeps {
  readonly store: Pick<SigningKeyStore, 'read'>
  readonly cipher: KeyCipher
  readonly pairs: KeyPairs
  /** Only how far it moves counts: what time it is, the store says. Best one that is never set. */
  readonly clock: Clock
  /**
   * For how long after the store was asked the key that was active then may sign, in seconds. It bounds how long a
   * process that lags behind signs with a key that another one has replaced.
   */
  readonly leaseSeconds: number
}

interface Contents {
  readonly published: readonly SigningKey[]
  readonly signers: ReadonlyMap<KeyId, Signer>
  readonly active: Signer | undefined
  /** When the store was asked that last called `active` the active key, by our clock in milliseconds. */
  readonly confirmedAt: number
  /** How far the store's clock is ahead of ours, in milliseconds. */
  readonly aheadMs: number
}

const EMPTY: Contents = { published: [], signers: new Map(), active: undefined, confirmedAt: 0, aheadMs: 0 }

/**
 * The keys as this process knows them: what it publishes, and what it signs with.
 * Both change together, in one step, so it never signs with a key that it does not publish. Private keys are opened
 * once and stay in memory; `next` is opened ahead, so that its promotion cannot fail on a wrong master key.
 * When a refresh fails the last known keys stay in use: for publishing without end, for signing until the lease is over.
 */
export class KeyRing {
  readonly #deps: KeyRingDeps
  #contents = EMPTY
  #turns = 0
  #takenOver = 0
  #renewal: Promise<void> | undefined

  constructor(deps: KeyRingDeps) {
    this.#deps = deps
  }

  /**
   * Takes over what the store holds now. Of concurrent calls the one that began last decides: an older answer that
   * comes late does not bring back a key that is revoked by then.
   * @throws {SealedKeyRejected} the active or the next key does not open; nothing was taken over but revocations
   * @throws {Unavailable} the store does not answer, and nothing was taken over; or the cipher does not, and nothing was
   * taken over but revocations
   */
  async refresh(): Promise<void> {
    const turn = ++this.#turns
    const askedAt = this.#now()
    const { now, keys } = await this.#deps.store.read()
    const aheadMs = now.getTime() - this.#now()
    const published = keys.filter(({ status }) => status !== 'revoked')
    try {
      const signers = await this.#open(published)
      const active = published.find(({ status }) => status === 'active')
      const signer = active && signers.get(active.kid)
      this.#takeOver(turn, { published, signers, active: signer, confirmedAt: askedAt, aheadMs })
    } catch (error) {
      this.#takeOver(turn, withoutRevoked(this.#contents, keys, askedAt))
      throw error
    }
  }

  /** The keys to publish at this moment: active, next, and retiring ones whose time is not over by the store's clock. */
  published(): readonly SigningKey[] {
    const now = this.#now() + this.#contents.aheadMs
    return this.#contents.published.filter(({ retiresAt }) => !retiresAt || retiresAt.getTime() > now)
  }

  /** What verifies the signatures of key `kid`, if that is one to publish at this moment. */
  publicKey(kid: KeyId): PublicKey | undefined {
    return this.published().find((key) => key.kid === kid)?.publicKey
  }

  /** Signs with the active key; `undefined` while there is none, or none whose lease holds. */
  active(): Signer | undefined {
    const { active, confirmedAt } = this.#contents
    return this.#now() - confirmedAt <= this.#deps.leaseSeconds * 1000 ? active : undefined
  }

  /**
   * Signs with the active key, after asking the store where the lease is over; `undefined` while there is none, or none
   * that opens. Calls that come while the store is asked wait for the same answer.
   * @throws {Unavailable} the lease is over and the store or the cipher does not answer
   */
  async signer(): Promise<Signer | undefined> {
    const active = this.active()
    if (active) return active
    try {
      await (this.#renewal ??= this.refresh().finally(() => (this.#renewal = undefined)))
    } catch (error) {
      // The store may have confirmed the active key although another one did not open.
      if (!this.active() && !(error instanceof SealedKeyRejected)) throw error
    }
    return this.active()
  }

  #takeOver(turn: number, contents: Contents): void {
    if (turn < this.#takenOver) return
    this.#takenOver = turn
    this.#contents = contents
  }

  #now(): number {
    return this.#deps.clock().getTime()
  }

  async #open(published: readonly SigningKey[]): Promise<ReadonlyMap<KeyId, Signer>> {
    const signers = new Map<KeyId, Signer>()
    for (const key of published) {
      if (key.status !== 'retiring') signers.set(key.kid, await this.#signer(key))
    }
    return signers
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

/**
 * What is left of `contents` when the store holds `keys` and one of them does not open: a revoked key must go whatever
 * else fails, and the one that signs may go on while it is still the active one.
 */
function withoutRevoked(contents: Contents, keys: readonly SigningKey[], askedAt: number): Contents {
  const statuses = new Map(keys.map(({ kid, status }) => [kid, status]))
  const kept = contents.published.filter(({ kid }) => statuses.get(kid) !== 'revoked')
  const { active } = contents
  return {
    ...contents,
    published: kept,
    active: kept.some(({ kid }) => kid === active?.kid) ? active : undefined,
    confirmedAt: active && statuses.get(active.kid) === 'active' ? askedAt : contents.confirmedAt,
  }
}
