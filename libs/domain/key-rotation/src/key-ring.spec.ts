import { describe, expect, it } from '@jest/globals'
import { Unavailable } from '@ac/kernel'
import fc from 'fast-check'
import type { SigningKey, SigningKeyStatus } from './signing-key.ts'
import { FakeKeyCipher } from './testing/fake-key-cipher.ts'
import { KeyRingFixture, named } from './testing/key-ring-fixture.ts'

const HOUR_AWAY = new Date('2026-01-01T01:00:00.000Z')

describe('KeyRing', () => {
  it('knows no key before it is refreshed', () => {
    const { ring } = new KeyRingFixture()
    expect([ring.published(), ring.active()]).toEqual([[], undefined])
  })

  it('publishes next, active and retiring keys, and no revoked one', async () => {
    const fixture = new KeyRingFixture()
    const [next, active] = [await fixture.newKey('next'), await fixture.newKey('active')]
    const retiring = await fixture.newKey('retiring', { retiresAt: HOUR_AWAY })
    fixture.store.put(next, active, retiring, await fixture.newKey('revoked'))
    await fixture.ring.refresh()
    expect(fixture.published()).toEqual([next, active, retiring].map(named))
  })

  it('signs with the active key', async () => {
    const fixture = new KeyRingFixture()
    const active = await fixture.newKey('active')
    fixture.store.put(await fixture.newKey('next'), active)
    await fixture.ring.refresh()
    const signature = await fixture.ring.active()?.sign(Uint8Array.of(1))
    expect(await fixture.pairs.verify(active.publicKey, Uint8Array.of(1), signature ?? new Uint8Array())).toBe(true)
  })

  it('signs with nothing when the active key was revoked and none has taken its place', async () => {
    const fixture = new KeyRingFixture()
    const [next, active] = [await fixture.newKey('next'), await fixture.newKey('active')]
    fixture.store.put(next, active)
    await fixture.ring.refresh()
    fixture.store.put(next, { ...active, status: 'revoked' })
    await fixture.ring.refresh()
    expect([fixture.ring.active(), fixture.published()]).toEqual([undefined, [named(next)]])
  })

  it('ceases to publish a retiring key at its time, without a refresh', async () => {
    const fixture = new KeyRingFixture()
    const [active, retiring] = [
      await fixture.newKey('active'),
      await fixture.newKey('retiring', { retiresAt: HOUR_AWAY }),
    ]
    fixture.store.put(active, retiring)
    await fixture.ring.refresh()
    fixture.clock.advanceSeconds(3599.999)
    expect(fixture.published()).toEqual([named(active), named(retiring)])
    fixture.clock.advanceSeconds(0.001)
    expect(fixture.published()).toEqual([named(active)])
  })

  it('knows the public half of what it publishes, and of nothing else', async () => {
    const fixture = new KeyRingFixture()
    const [next, active] = [await fixture.newKey('next'), await fixture.newKey('active')]
    const [retiring, revoked] = [
      await fixture.newKey('retiring', { retiresAt: HOUR_AWAY }),
      await fixture.newKey('revoked'),
    ]
    const known = () => [next, active, retiring, revoked].filter(({ kid }) => fixture.ring.publicKey(kid))
    expect(known()).toEqual([])
    fixture.store.put(next, active, retiring, revoked)
    await fixture.ring.refresh()
    expect(known()).toEqual([next, active, retiring])
    expect(fixture.ring.publicKey(active.kid)).toEqual(active.publicKey)
    fixture.clock.advanceSeconds(3600)
    expect(known()).toEqual([next, active])
  })

  it('never signs with a key that it does not publish, whatever the store holds and whichever call fails', async () => {
    const status = fc.constantFrom<SigningKeyStatus | 'absent'>('absent', 'next', 'active', 'retiring', 'revoked')
    const step = fc.record({
      statuses: fc.array(status, { minLength: 4, maxLength: 4 }),
      broken: fc.constantFrom(undefined, 'store', 'cipher'),
      seconds: fc.nat({ max: 3000 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const fixture = new KeyRingFixture()
        const keys = await Promise.all([1, 2, 3, 4].map(() => fixture.newKey('active')))
        const signsWithPublished = () => {
          const { ring } = fixture
          const kid = ring.active()?.kid
          expect(kid === undefined || ring.published().some((key) => key.kid === kid && key.status === 'active')).toBe(
            true,
          )
        }
        for (const { statuses, broken, seconds } of steps) {
          fixture.store.put(...inTheseStates(keys, statuses))
          fixture.store.fail(broken === 'store' ? new Unavailable('key store') : undefined)
          fixture.cipher.fail(broken === 'cipher' ? new Unavailable('vault') : undefined)
          const refreshed = fixture.ring.refresh().catch(() => undefined)
          signsWithPublished()
          await refreshed
          signsWithPublished()
          fixture.clock.advanceSeconds(seconds)
          signsWithPublished()
          await fixture.ring.signer().catch(() => undefined)
          signsWithPublished()
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('KeyRing opens', () => {
  it('the active and the next key once, and neither again at their promotion', async () => {
    const fixture = new KeyRingFixture()
    const [next, active] = [await fixture.newKey('next'), await fixture.newKey('active')]
    fixture.store.put(next, active)
    await fixture.ring.refresh()
    await fixture.ring.refresh()
    expect(fixture.cipher.opened).toHaveLength(2)
    fixture.store.put({ ...next, status: 'active' }, { ...active, status: 'retiring', retiresAt: HOUR_AWAY })
    fixture.cipher.fail(new Unavailable('vault'))
    await fixture.ring.refresh()
    expect(fixture.ring.active()?.kid).toBe(next.kid)
    expect(fixture.cipher.opened).toHaveLength(2)
  })

  it('no retiring and no revoked key', async () => {
    const fixture = new KeyRingFixture()
    fixture.store.put(await fixture.newKey('retiring', { retiresAt: HOUR_AWAY }), await fixture.newKey('revoked'))
    await fixture.ring.refresh()
    expect(fixture.cipher.opened).toEqual([])
  })

  it('keys whose private bytes it wipes after use, also when they turn out to be another key\u2019s', async () => {
    const fixture = new KeyRingFixture()
    const [next, active] = [await fixture.newKey('next'), await fixture.newKey('active')]
    const stranger = await fixture.pairs.generate()
    const swapped = await fixture.cipher.seal(next.kid, stranger.privateKey)
    fixture.store.put({ ...next, sealedPrivateKey: swapped }, active)
    const refused = fixture.ring.refresh()
    await expect(refused).rejects.toMatchObject({ code: 'sealed_key_rejected', fault: 'not_the_named_key' })
    fixture.store.put(active)
    await fixture.ring.refresh()
    expect(fixture.cipher.opened.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true])
    expect(await fixture.ring.active()?.sign(Uint8Array.of(1))).toHaveLength(64)
  })
})

describe('KeyRing keeps the last known keys', () => {
  it.each(['active', 'next'] as const)('when the %s key does not open', async (status) => {
    const fixture = new KeyRingFixture()
    const known = await fixture.newKey('active')
    fixture.store.put(known)
    await fixture.ring.refresh()
    const [one, other] = [await fixture.newKey(status), await fixture.newKey('active')]
    const foreign = await new FakeKeyCipher('another-master').seal(one.kid, Uint8Array.of(1))
    const broken = { ...one, sealedPrivateKey: foreign }
    fixture.store.put(...(status === 'active' ? [broken] : [broken, other]))
    const refused = fixture.ring.refresh()
    await expect(refused).rejects.toMatchObject({ code: 'sealed_key_rejected', fault: 'unknown_master_key' })
    expect([fixture.ring.active()?.kid, fixture.published()]).toEqual([known.kid, [named(known)]])
  })

  it.each(['store', 'cipher'] as const)(
    'when the %s does not answer, and takes over the new ones later',
    async (part) => {
      const fixture = new KeyRingFixture()
      const [known, young] = [await fixture.newKey('active'), await fixture.newKey('active')]
      fixture.store.put(known)
      await fixture.ring.refresh()
      fixture.store.put(young)
      const failure = new Unavailable(part)
      fixture[part].fail(failure)
      await expect(fixture.ring.refresh()).rejects.toBe(failure)
      expect([fixture.ring.active()?.kid, fixture.published()]).toEqual([known.kid, [named(known)]])
      fixture[part].fail(undefined)
      await fixture.ring.refresh()
      expect([fixture.ring.active()?.kid, fixture.published()]).toEqual([young.kid, [named(young)]])
    },
  )

  it('when an older answer of the store comes after a newer one', async () => {
    const fixture = new KeyRingFixture()
    const [revoked, young] = [await fixture.newKey('active'), await fixture.newKey('active')]
    const [answerOlder, answerNewer] = fixture.holdAnswers(2)
    fixture.store.put(revoked)
    const older = fixture.ring.refresh()
    fixture.store.put(young)
    const newer = fixture.ring.refresh()
    answerNewer?.()
    await newer
    answerOlder?.()
    await older
    expect([fixture.ring.active()?.kid, fixture.published()]).toEqual([young.kid, [named(young)]])
  })
})

/** Those of `keys` that are not absent, each in its status; a second active or next key is left out. */
function inTheseStates(
  keys: readonly SigningKey[],
  statuses: readonly (SigningKeyStatus | 'absent')[],
): readonly SigningKey[] {
  return keys.flatMap((key, index): SigningKey[] => {
    const status = statuses[index]
    if (status === undefined || status === 'absent') return []
    const alone = status === 'active' || status === 'next'
    if (alone && statuses.indexOf(status) < index) return []
    return [{ ...key, status, retiresAt: status === 'retiring' ? HOUR_AWAY : undefined }]
  })
}
