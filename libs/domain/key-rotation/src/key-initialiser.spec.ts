import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, Unavailable } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import { KeyInitialiser } from './key-initialiser.ts'
import { KeyRing } from './key-ring.ts'
import type { SigningKeyStatus } from './signing-key.ts'
import { aSigningKey } from './testing/a-signing-key.ts'
import { FakeKeyCipher } from './testing/fake-key-cipher.ts'
import { FakeKeyPairs } from './testing/fake-key-pairs.ts'
import { InMemorySigningKeyStore } from './testing/in-memory-signing-key-store.ts'

function fixture() {
  const clock = new MovingClock().now
  const store = new InMemorySigningKeyStore(clock)
  const [cipher, pairs] = [new FakeKeyCipher(), new FakeKeyPairs()]
  return { initialiser: new KeyInitialiser({ store, cipher, pairs }), store, cipher, pairs, clock }
}

/** Whether everything of every private key that was ever made is overwritten. */
const wiped = ({ generated }: FakeKeyPairs): readonly boolean[] =>
  generated.map(({ privateKey }) => privateKey.every((byte) => byte === 0))

describe('KeyInitialiser', () => {
  it('makes an active and a next key, which the key ring can use', async () => {
    const { initialiser, store, cipher, pairs, clock } = fixture()
    expect(await initialiser.initialise()).toBe(true)
    const ring = new KeyRing({ store, cipher, pairs, clock, leaseSeconds: 1 })
    await ring.refresh()
    const [active, next] = pairs.generated.map(({ kid }) => kid)
    expect(ring.published().map(({ kid, status }) => [status, kid])).toEqual([
      ['active', active],
      ['next', next],
    ])
    expect(ring.active()?.kid).toBe(active)
  })

  it('records the making of each key', async () => {
    const { initialiser, store, pairs, clock } = fixture()
    await initialiser.initialise()
    expect(store.events).toEqual(
      pairs.generated.map(({ kid }) => ({
        type: 'signing_key.created',
        outcome: 'success',
        reason: undefined,
        occurredAt: clock(),
        actor: 'system',
        target: kid,
        origin: NO_ORIGIN,
      })),
    )
    expect(store.events).toHaveLength(2)
  })

  it('makes nothing the second time', async () => {
    const { initialiser, store } = fixture()
    await initialiser.initialise()
    const before = (await store.read()).keys
    expect(await initialiser.initialise()).toBe(false)
    expect([(await store.read()).keys, store.events.length]).toEqual([before, 2])
  })

  it.each<SigningKeyStatus>(['next', 'active', 'retiring', 'revoked'])(
    'makes nothing where the only key that there is, is %s and does not open',
    async (status) => {
      const { initialiser, store, pairs } = fixture()
      const key = aSigningKey({ status })
      store.put(key)
      expect(await initialiser.initialise()).toBe(false)
      expect([(await store.read()).keys, store.events, pairs.generated]).toEqual([[key], [], []])
    },
  )

  it('lets one of two processes that start at once make the keys, and the other use them', async () => {
    const { initialiser, store, cipher, pairs, clock } = fixture()
    const rival = new KeyInitialiser({ store, cipher: new FakeKeyCipher(), pairs })
    const made = await Promise.all([initialiser.initialise(), rival.initialise()])
    expect(made.filter(Boolean)).toHaveLength(1)
    expect((await store.read()).keys.map(({ status }) => status).toSorted()).toEqual(['active', 'next'])
    expect(store.events.map(({ target }) => target)).toEqual((await store.read()).keys.map(({ kid }) => kid))
    const ring = new KeyRing({ store, cipher, pairs, clock, leaseSeconds: 1 })
    await ring.refresh()
    expect(ring.active()).toBeDefined()
    expect(wiped(pairs)).toEqual([true, true, true, true])
  })

  it('stores no private key in the clear, and leaves none in memory', async () => {
    const { initialiser, store, cipher, pairs } = fixture()
    await initialiser.initialise()
    expect(wiped(pairs)).toEqual([true, true])
    for (const { kid, sealedPrivateKey } of (await store.read()).keys) {
      const opened = (await cipher.open(kid, sealedPrivateKey)).join()
      expect(sealedPrivateKey.join()).not.toContain(opened)
      expect(JSON.stringify(store.events)).not.toContain(opened)
    }
  })

  it('leaves no private key in memory when it cannot be sealed', async () => {
    const { initialiser, store, cipher, pairs } = fixture()
    const failure = new Unavailable('vault')
    cipher.fail(failure)
    await expect(initialiser.initialise()).rejects.toBe(failure)
    expect([wiped(pairs), (await store.read()).keys]).toEqual([[true], []])
  })

  it('makes nothing while it cannot ask whether there are keys', async () => {
    const { initialiser, store, pairs } = fixture()
    const failure = new Unavailable('key store')
    store.fail(failure)
    await expect(initialiser.initialise()).rejects.toBe(failure)
    expect(pairs.generated).toEqual([])
  })
})
