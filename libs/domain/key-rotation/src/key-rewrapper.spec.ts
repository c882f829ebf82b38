import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, Unavailable, type KeyId } from '@ac/kernel'
import { KeyRing } from './key-ring.ts'
import type { KeyCipher } from './ports/key-cipher.ts'
import { FakeKeyCipher } from './testing/fake-key-cipher.ts'
import { KeyLifeFixture } from './testing/key-life-fixture.ts'

const OLD = 'old-master'
const NEW = 'new-master'

/** An installation whose keys are sealed under the old master key, one of them retiring. */
async function sealedByOld(): Promise<KeyLifeFixture> {
  const fixture = await KeyLifeFixture.begun({ cipher: new FakeKeyCipher(OLD) })
  fixture.clock.advanceSeconds(7 * 24 * 3600)
  await fixture.rotator.rotate({ forced: false, actor: 'svc_a' }, NO_ORIGIN)
  fixture.store.events.length = 0
  return fixture
}

/** The keys that have a private half. */
const withPrivateHalf = async ({ store }: KeyLifeFixture): Promise<readonly KeyId[]> =>
  (await store.read()).keys.filter(({ sealedPrivateKey }) => sealedPrivateKey.length > 0).map(({ kid }) => kid)

const rewrap = (fixture: KeyLifeFixture, cipher: KeyCipher) => fixture.rewrapper(cipher).rewrap('acctl', NO_ORIGIN)

/** Resolves when the new master key alone opens everything that has to be opened. */
async function expectOpensWith(fixture: KeyLifeFixture, master: string): Promise<void> {
  const { store, pairs, clock } = fixture
  const cipher = new FakeKeyCipher(master)
  await new KeyRing({ store, cipher, pairs, clock: clock.now, leaseSeconds: 1 }).refresh()
}

describe('KeyRewrapper', () => {
  it('seals every private key anew, so that the old master key is needed no more, and changes nothing else', async () => {
    const fixture = await sealedByOld()
    const before = (await fixture.store.read()).keys
    const kids = await withPrivateHalf(fixture)
    expect(await rewrap(fixture, new FakeKeyCipher(NEW, OLD))).toEqual(kids)
    expect(kids).toHaveLength(2)
    await expectOpensWith(fixture, NEW)
    const ignored = { sealedPrivateKey: expect.anything() }
    expect((await fixture.store.read()).keys).toEqual(
      expect.arrayContaining(before.map((key) => ({ ...key, ...ignored }))),
    )
  })

  it('records each key', async () => {
    const fixture = await sealedByOld()
    const kids = await rewrap(fixture, new FakeKeyCipher(NEW, OLD))
    expect(fixture.store.events).toEqual(
      kids.map((kid) => ({
        type: 'signing_key.rewrapped',
        outcome: 'success',
        reason: undefined,
        occurredAt: fixture.clock.now(),
        actor: 'acctl',
        target: kid,
        origin: NO_ORIGIN,
      })),
    )
  })

  it('does nothing a second time', async () => {
    const fixture = await sealedByOld()
    await rewrap(fixture, new FakeKeyCipher(NEW, OLD))
    const { keys } = await fixture.store.read()
    const events = [...fixture.store.events]
    expect(await rewrap(fixture, new FakeKeyCipher(NEW, OLD))).toEqual([])
    expect([(await fixture.store.read()).keys, fixture.store.events]).toEqual([keys, events])
  })

  it('goes on where a failure ended it', async () => {
    const fixture = await sealedByOld()
    const [first, second] = await withPrivateHalf(fixture)
    const cipher = new FakeKeyCipher(NEW, OLD)
    const seal = cipher.seal.bind(cipher)
    cipher.seal = async (id, plaintext) => {
      if (id === second) throw new Unavailable('vault')
      return seal(id, plaintext)
    }
    await expect(rewrap(fixture, cipher)).rejects.toBeInstanceOf(Unavailable)
    expect(fixture.store.events.map(({ target }) => target)).toEqual([first])
    expect(await rewrap(fixture, new FakeKeyCipher(NEW, OLD))).toEqual([second])
    await expectOpensWith(fixture, NEW)
  })

  it('leaves no private key in memory, also when it cannot be sealed', async () => {
    const fixture = await sealedByOld()
    const cipher = new FakeKeyCipher(NEW, OLD)
    await rewrap(fixture, cipher)
    const broken = new FakeKeyCipher('third', NEW)
    broken.seal = () => Promise.reject(new Unavailable('vault'))
    await expect(rewrap(fixture, broken)).rejects.toBeInstanceOf(Unavailable)
    const opened = [...cipher.opened, ...broken.opened]
    expect(opened.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true, true])
  })

  it('stops at a key that does not open, and leaves it alone', async () => {
    const fixture = await sealedByOld()
    const before = (await fixture.store.read()).keys
    const refused = rewrap(fixture, new FakeKeyCipher(NEW, 'a stranger'))
    await expect(refused).rejects.toMatchObject({ code: 'sealed_key_rejected', fault: 'unknown_master_key' })
    expect((await fixture.store.read()).keys).toEqual(before)
  })

  it('has eight runs at once seal each key once', async () => {
    const fixture = await sealedByOld()
    const kids = await withPrivateHalf(fixture)
    const runs = await Promise.all(Array.from({ length: 8 }, () => rewrap(fixture, new FakeKeyCipher(NEW, OLD))))
    expect(runs.flat().toSorted()).toEqual([...kids].toSorted())
    expect(fixture.store.events).toHaveLength(2)
    await expectOpensWith(fixture, NEW)
  })

  it('does not bring back what a rotation or a revocation destroyed meanwhile', async () => {
    const fixture = await sealedByOld()
    const active = await fixture.the('active')
    const cipher = new FakeKeyCipher(NEW, OLD)
    const seal = cipher.seal.bind(cipher)
    cipher.seal = async (id, plaintext) => {
      if (id === active.kid) await fixture.revoker.revoke({ kid: id, actor: 'svc_a' }, NO_ORIGIN)
      return seal(id, plaintext)
    }
    expect(await rewrap(fixture, cipher)).not.toContain(active.kid)
    expect((await fixture.the('revoked')).sealedPrivateKey).toHaveLength(0)
  })
})
