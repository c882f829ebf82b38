import { MovingClock } from '@ac/kernel/testing'
import { KeyRing } from '../key-ring.ts'
import type { SigningKey, SigningKeyStatus } from '../signing-key.ts'
import { aSigningKey } from './a-signing-key.ts'
import { FakeKeyCipher } from './fake-key-cipher.ts'
import { FakeKeyPairs } from './fake-key-pairs.ts'
import { InMemorySigningKeyStore } from './in-memory-signing-key-store.ts'

/** How long a ring of a fixture signs without asking, in seconds. */
export const LEASE_SECONDS = 150

/** A key ring over fakes, with a way to make keys that open. */
export class KeyRingFixture {
  readonly clock = new MovingClock()
  readonly storeClock: MovingClock
  readonly store: InMemorySigningKeyStore
  readonly cipher = new FakeKeyCipher()
  readonly pairs = new FakeKeyPairs()
  readonly ring: KeyRing

  /** @param storeClock the store's own clock; that of the ring by default */
  constructor(storeClock?: MovingClock) {
    this.storeClock = storeClock ?? this.clock
    this.store = new InMemorySigningKeyStore(this.storeClock.now)
    const { store, cipher, pairs, clock } = this
    this.ring = new KeyRing({ store, cipher, pairs, clock: clock.now, leaseSeconds: LEASE_SECONDS })
  }

  /** A new key that opens. It is in no store yet. */
  async newKey(status: SigningKeyStatus, over: Partial<SigningKey> = {}): Promise<SigningKey> {
    const { kid, publicKey, privateKey } = await this.pairs.generate()
    return aSigningKey({ kid, publicKey, sealedPrivateKey: await this.cipher.seal(kid, privateKey), status, ...over })
  }

  /**
   * Holds back the store's next answers, as a slow network would: each tells what the store held when it was asked.
   * @returns what lets each of them go, in the order in which they were asked for
   */
  holdAnswers(count: number): readonly (() => void)[] {
    const held = Array.from({ length: count }, () => Promise.withResolvers<void>())
    const waiting = held.map(({ promise }) => promise)
    const read = this.store.read.bind(this.store)
    this.store.read = async () => {
      const keySet = await read()
      await waiting.shift()
      return keySet
    }
    return held.map(({ resolve }) => resolve)
  }

  /** What the ring publishes, by status: `active:<kid>`. */
  published(): readonly string[] {
    return this.ring.published().map(named)
  }
}

/** A key by its status and its kid. */
export const named = ({ status, kid }: SigningKey): string => `${status}:${kid}`
