import { MovingClock } from '@ac/kernel/testing'
import { KeyInitialiser } from '../key-initialiser.ts'
import { KeyRevoker } from '../key-revoker.ts'
import { KeyRewrapper } from '../key-rewrapper.ts'
import { KeyRotator, type RotationPolicy } from '../key-rotator.ts'
import type { KeyCipher } from '../ports/key-cipher.ts'
import type { SigningKey, SigningKeyStatus } from '../signing-key.ts'
import { FakeKeyCipher } from './fake-key-cipher.ts'
import { FakeKeyPairs } from './fake-key-pairs.ts'
import { InMemorySigningKeyStore } from './in-memory-signing-key-store.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The policy of a deployment that changes nothing. */
export const POLICY: RotationPolicy = {
  rotationMinIntervalSeconds: 6 * DAY,
  forceRotationMinIntervalSeconds: HOUR,
  publicationSeconds: 15 * MINUTE,
  overlapSeconds: 7 * DAY,
}

/** Everything that changes keys, over one store in memory whose clock the test moves. */
export class KeyLifeFixture {
  readonly clock = new MovingClock()
  readonly store = new InMemorySigningKeyStore(this.clock.now)
  readonly pairs = new FakeKeyPairs()
  readonly cipher: FakeKeyCipher
  readonly rotator: KeyRotator
  readonly revoker: KeyRevoker

  constructor({ policy = {}, cipher = new FakeKeyCipher() }: KeyLifeOptions = {}) {
    const deps = { store: this.store, pairs: this.pairs, cipher }
    this.cipher = cipher
    this.rotator = new KeyRotator({ ...deps, policy: { ...POLICY, ...policy } })
    this.revoker = new KeyRevoker(deps)
  }

  /** An installation that begins now. */
  static async begun(options: KeyLifeOptions = {}): Promise<KeyLifeFixture> {
    const fixture = new KeyLifeFixture(options)
    await new KeyInitialiser({ store: fixture.store, pairs: fixture.pairs, cipher: fixture.cipher }).initialise()
    fixture.store.events.length = 0
    return fixture
  }

  /** What seals keys anew under the master key of `cipher`. */
  rewrapper(cipher: KeyCipher): KeyRewrapper {
    return new KeyRewrapper({ store: this.store, cipher })
  }

  /** The one key of a status that one key has. */
  async the(status: SigningKeyStatus): Promise<SigningKey> {
    const [key, ...others] = (await this.store.read()).keys.filter((candidate) => candidate.status === status)
    if (!key || others.length > 0) throw new Error(`not exactly one key is ${status}`)
    return key
  }

  /** How many keys have each status, in the order of the alphabet. */
  async statuses(): Promise<readonly SigningKeyStatus[]> {
    return (await this.store.read()).keys.map(({ status }) => status).toSorted()
  }
}

/** What a fixture may differ in. */
export interface KeyLifeOptions {
  readonly policy?: Partial<RotationPolicy>
  readonly cipher?: FakeKeyCipher
}
