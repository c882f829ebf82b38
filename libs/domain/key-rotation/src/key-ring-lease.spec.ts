import { describe, expect, it } from '@jest/globals'
import { Unavailable } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import { FakeKeyCipher } from './testing/fake-key-cipher.ts'
import { KeyRingFixture, LEASE_SECONDS, named } from './testing/key-ring-fixture.ts'

/** A refreshed ring, and the one key that it knows. */
async function signing() {
  const fixture = new KeyRingFixture()
  const known = await fixture.newKey('active')
  fixture.store.put(known)
  await fixture.ring.refresh()
  return { fixture, known }
}

/** `key` sealed so that no ring of a fixture opens it. */
async function unopenable(fixture: KeyRingFixture, status: 'active' | 'next') {
  const key = await fixture.newKey(status)
  return { ...key, sealedPrivateKey: await new FakeKeyCipher('another').seal(key.kid, Uint8Array.of(1)) }
}

const RETIRES_AT = new Date('2026-01-08T00:00:00.000Z')

describe('the lease of a KeyRing', () => {
  it('lets it sign without asking, up to the last moment', async () => {
    const { fixture, known } = await signing()
    fixture.store.fail(new Unavailable('key store'))
    fixture.clock.advanceSeconds(LEASE_SECONDS)
    expect(fixture.ring.active()?.kid).toBe(known.kid)
    expect((await fixture.ring.signer())?.kid).toBe(known.kid)
  })

  it('has it sign no more when the store does not answer for longer, and go on publishing', async () => {
    const { fixture, known } = await signing()
    const failure = new Unavailable('key store')
    fixture.store.fail(failure)
    fixture.clock.advanceSeconds(LEASE_SECONDS + 0.001)
    expect(fixture.ring.active()).toBeUndefined()
    await expect(fixture.ring.signer()).rejects.toBe(failure)
    expect(fixture.published()).toEqual([named(known)])
  })

  it('begins when the store is asked, not when it answers', async () => {
    const { fixture, known } = await signing()
    const [answer] = fixture.holdAnswers(1)
    const refreshed = fixture.ring.refresh()
    fixture.clock.advanceSeconds(LEASE_SECONDS)
    answer?.()
    await refreshed
    expect(fixture.ring.active()?.kid).toBe(known.kid)
    fixture.clock.advanceSeconds(0.001)
    expect(fixture.ring.active()).toBeUndefined()
  })

  it('is renewed by whoever signs first after it, for all that sign at that moment', async () => {
    const { fixture, known } = await signing()
    const young = await fixture.newKey('active')
    fixture.store.put({ ...known, status: 'retiring', retiresAt: RETIRES_AT }, young)
    let reads = 0
    const read = fixture.store.read.bind(fixture.store)
    fixture.store.read = () => (reads++, read())
    fixture.clock.advanceSeconds(LEASE_SECONDS + 1)
    const signers = await Promise.all(Array.from({ length: 20 }, () => fixture.ring.signer()))
    expect(signers.map((signer) => signer?.kid)).toEqual(signers.map(() => young.kid))
    expect(reads).toBe(1)
    await fixture.ring.signer()
    expect(reads).toBe(1)
  })

  it('is renewed when the active key is confirmed, although the next one does not open', async () => {
    const { fixture, known } = await signing()
    fixture.store.put(known, await unopenable(fixture, 'next'))
    fixture.clock.advanceSeconds(LEASE_SECONDS + 1)
    expect((await fixture.ring.signer())?.kid).toBe(known.kid)
    fixture.cipher.fail(new Unavailable('vault'))
    fixture.clock.advanceSeconds(LEASE_SECONDS + 1)
    expect((await fixture.ring.signer())?.kid).toBe(known.kid)
  })

  it('is not renewed for a key that was replaced by one that does not open', async () => {
    const { fixture, known } = await signing()
    fixture.store.put({ ...known, status: 'retiring', retiresAt: RETIRES_AT }, await unopenable(fixture, 'active'))
    fixture.clock.advanceSeconds(LEASE_SECONDS)
    await expect(fixture.ring.refresh()).rejects.toMatchObject({ code: 'sealed_key_rejected' })
    expect(fixture.ring.active()?.kid).toBe(known.kid)
    fixture.clock.advanceSeconds(0.001)
    expect(await fixture.ring.signer()).toBeUndefined()
  })
})

describe('a revocation that a KeyRing hears of', () => {
  it.each(['key that does not open', 'cipher that does not answer'])('holds in spite of a %s', async (trouble) => {
    const { fixture, known } = await signing()
    const heir = trouble.startsWith('key') ? await unopenable(fixture, 'active') : await fixture.newKey('active')
    if (trouble.startsWith('cipher')) fixture.cipher.fail(new Unavailable('vault'))
    fixture.store.put({ ...known, status: 'revoked' }, heir)
    await expect(fixture.ring.refresh()).rejects.toThrow(Error)
    expect([fixture.ring.active(), fixture.published()]).toEqual([undefined, []])
  })

  it('holds although an older answer of the store comes later', async () => {
    const { fixture, known } = await signing()
    const [answerOlder, answerNewer] = fixture.holdAnswers(2)
    const older = fixture.ring.refresh()
    fixture.store.put({ ...known, status: 'revoked' }, await unopenable(fixture, 'active'))
    const newer = fixture.ring.refresh()
    answerNewer?.()
    await expect(newer).rejects.toThrow(Error)
    answerOlder?.()
    await older
    expect([fixture.ring.active(), fixture.published()]).toEqual([undefined, []])
  })
})

describe('a KeyRing whose clock is wrong', () => {
  it.each([-7200, 7200])('by %i seconds ceases to publish a retiring key when its store says so', async (seconds) => {
    const storeClock = new MovingClock()
    const fixture = new KeyRingFixture(storeClock)
    fixture.clock.advanceSeconds(seconds)
    const retiring = await fixture.newKey('retiring', { retiresAt: new Date('2026-01-01T01:00:00.000Z') })
    fixture.store.put(retiring)
    await fixture.ring.refresh()
    for (const clock of [fixture.clock, storeClock]) clock.advanceSeconds(3599.999)
    expect(fixture.published()).toEqual([named(retiring)])
    fixture.clock.advanceSeconds(0.001)
    expect(fixture.published()).toEqual([])
  })
})
