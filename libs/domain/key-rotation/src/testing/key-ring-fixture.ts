import { MovingClock } from '@ac/kernel/testing'
import { KeyRing } from '../key-ring.ts'
import type { SigningKey, SigningKeyStatus } from '../signing-key.ts'
import { aSigningKey } from './a-signing-key.ts'
import { FakeKeyCipher } from './fake-key-cipher.ts'
import { FakeKeyPairs } from './fake-key-pairs.ts'
import { InMemorySigningKeyStore } from './in-memory-signing-key-store.ts'

/** A key ring over fakes, with a way to make keys that open. */
export class KeyRingFixture {
  readonly clock = new MovingClock()
  readonly store = new InMemorySigningKeyStore(this.clock.now)
  readonly cipher = new FakeKeyCipher()
  readonly pairs = new FakeKeyPairs()
  readonly ring = new KeyRing({ store: this.store, cipher: this.cipher, pairs: this.pairs, clock: this.clock.now })

  /** A new key that opens. It is in no store yet. */
  async newKey(status: SigningKeyStatus, over: Partial<SigningKey> = {}): Promise<SigningKey> {
    const { kid, publicKey, privateKey } = await this.pairs.generate()
    return aSigningKey({ kid, publicKey, sealedPrivateKey: await this.cipher.seal(kid, privateKey), status, ...over })
  }

  /** What the ring publishes, by status: `active:<kid>`. */
  published(): readonly string[] {
    return this.ring.published().map(named)
  }
}

/** A key by its status and its kid. */
export const named = ({ status, kid }: SigningKey): string => `${status}:${kid}`
