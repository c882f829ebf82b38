import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, Unavailable, type KeyId } from '@ac/kernel'
import { KeyRing } from './key-ring.ts'
import { KeyLifeFixture } from './testing/key-life-fixture.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const SCHEDULED = { forced: false, actor: 'svc_a' }
const FORCED = { forced: true, actor: 'svc_a' }
const ORIGIN = { requestId: 'r-1', source: 'h:0123456789abcdef', traceId: undefined }

/** An installation whose keys may be rotated, scheduled or forced. */
async function ripe(): Promise<KeyLifeFixture> {
  const fixture = await KeyLifeFixture.begun()
  fixture.clock.advanceSeconds(6 * DAY)
  return fixture
}

describe('KeyRotator', () => {
  it('promotes the next key, retires the active one for the overlap, and has another key wait', async () => {
    const fixture = await ripe()
    const [active, next] = [await fixture.the('active'), await fixture.the('next')]
    const now = fixture.clock.now()
    const until = new Date(now.getTime() + 7 * DAY * 1000)
    expect(await fixture.rotator.rotate(SCHEDULED, NO_ORIGIN)).toEqual({
      newKeyId: next.kid,
      oldKeyId: active.kid,
      oldKeyValidUntil: until,
    })
    expect(await fixture.the('active')).toMatchObject({ kid: next.kid, activatedAt: now, retiresAt: undefined })
    expect(await fixture.the('retiring')).toMatchObject({ kid: active.kid, retiresAt: until })
    expect(await fixture.the('next')).toMatchObject({ createdAt: now, activatedAt: undefined })
    expect(await fixture.statuses()).toEqual(['active', 'next', 'retiring'])
  })

  it('makes a next key that a ring can open, and leaves it nowhere in the clear', async () => {
    const fixture = await ripe()
    await fixture.rotator.rotate(SCHEDULED, NO_ORIGIN)
    const { store, cipher, pairs, clock } = fixture
    await new KeyRing({ store, cipher, pairs, clock: clock.now, leaseSeconds: 1 }).refresh()
    expect(pairs.generated.every(({ privateKey }) => privateKey.every((byte) => byte === 0))).toBe(true)
  })

  it('destroys the private half of the key that signs no more, and of no other', async () => {
    const fixture = await ripe()
    await fixture.rotator.rotate(SCHEDULED, NO_ORIGIN)
    expect((await fixture.the('retiring')).sealedPrivateKey).toHaveLength(0)
    for (const status of ['active', 'next'] as const) {
      expect((await fixture.the(status)).sealedPrivateKey.length).toBeGreaterThan(0)
    }
  })

  it.each([
    [SCHEDULED, 'scheduled'],
    [FORCED, 'forced'],
  ])('records who rotated, and where from: %j', async (request, reason) => {
    const fixture = await ripe()
    const next = await fixture.the('next')
    await fixture.rotator.rotate(request, ORIGIN)
    const made = await fixture.the('next')
    const act = { outcome: 'success', occurredAt: fixture.clock.now(), actor: 'svc_a', origin: ORIGIN }
    expect(fixture.store.events).toEqual([
      { ...act, type: 'signing_key.rotated', reason, target: next.kid },
      { ...act, type: 'signing_key.created', reason: undefined, target: made.kid },
    ])
  })

  it.each([SCHEDULED, FORCED])('lets one of fifty that rotate at once win: %j', async (request) => {
    const fixture = await ripe()
    const rotations = Array.from({ length: 50 }, () => fixture.rotator.rotate(request, NO_ORIGIN))
    const outcomes = await Promise.allSettled(rotations)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    for (const reason of reasons) {
      expect(reason).toMatchObject({ code: 'rotation_too_soon', limit: 'interval' })
      expect(reason.retryAfterSeconds).toBe(request.forced ? HOUR : 6 * DAY)
    }
    expect(await fixture.statuses()).toEqual(['active', 'next', 'retiring'])
  })

  it('keeps publishing what every earlier key may have signed', async () => {
    const fixture = await ripe()
    const kids: KeyId[] = []
    for (let rotation = 0; rotation < 8; rotation++) {
      kids.push((await fixture.the('active')).kid)
      await fixture.rotator.rotate(FORCED, NO_ORIGIN)
      fixture.clock.advanceSeconds(HOUR)
    }
    const { store, cipher, pairs, clock } = fixture
    const ring = new KeyRing({ store, cipher, pairs, clock: clock.now, leaseSeconds: 1 })
    await ring.refresh()
    expect(ring.published().map(({ kid }) => kid)).toEqual(expect.arrayContaining(kids))
    // Seven days after the third rotation, the first three keys are gone and no other is.
    clock.advanceSeconds(7 * DAY - 6 * HOUR)
    const left = ring.published().map(({ kid }) => kid)
    expect(kids.filter((kid) => left.includes(kid))).toEqual(kids.slice(3))
  })

  it.each(['store', 'cipher'] as const)('changes nothing while the %s does not answer', async (part) => {
    const fixture = await ripe()
    const before = (await fixture.store.read()).keys
    const failure = new Unavailable(part)
    fixture[part].fail(failure)
    await expect(fixture.rotator.rotate(FORCED, NO_ORIGIN)).rejects.toBe(failure)
    fixture[part].fail(undefined)
    expect([(await fixture.store.read()).keys, fixture.store.events]).toEqual([before, []])
    await fixture.rotator.rotate(FORCED, NO_ORIGIN)
  })
})

describe('a key set that was changed by hand', () => {
  it('gets a next key from the first rotation, and is rotated when that is published for long enough', async () => {
    const fixture = await ripe()
    fixture.store.put(await fixture.the('active'))
    const rotated = fixture.rotator.rotate(FORCED, NO_ORIGIN)
    await expect(rotated).rejects.toMatchObject({ limit: 'publication', retryAfterSeconds: 900 })
    expect(await fixture.statuses()).toEqual(['active', 'next'])
    expect(fixture.store.events.map(({ type }) => type)).toEqual([
      'signing_key.rotation_refused',
      'signing_key.created',
    ])
    fixture.clock.advanceSeconds(900)
    await fixture.rotator.rotate(FORCED, NO_ORIGIN)
  })

  it('does not promote a key that nobody knows when the first next key was revoked', async () => {
    const fixture = await KeyLifeFixture.begun()
    fixture.store.put(await fixture.the('active'), { ...(await fixture.the('next')), status: 'revoked' })
    await expect(fixture.rotator.rotate(FORCED, NO_ORIGIN)).rejects.toMatchObject({ code: 'rotation_too_soon' })
    expect(await fixture.statuses()).toEqual(['active', 'next', 'revoked'])
  })

  it.each([SCHEDULED, FORCED])('and has no active key signs with the next one at once: %j', async (request) => {
    const fixture = await KeyLifeFixture.begun()
    const next = await fixture.the('next')
    fixture.store.put(next)
    expect(await fixture.rotator.rotate(request, NO_ORIGIN)).toEqual({
      newKeyId: next.kid,
      oldKeyId: undefined,
      oldKeyValidUntil: undefined,
    })
    expect(await fixture.statuses()).toEqual(['active', 'next'])
  })

  it('and has neither signs with a new key at once, and gets its next key from the rotation after', async () => {
    const fixture = new KeyLifeFixture()
    await fixture.rotator.rotate(FORCED, NO_ORIGIN)
    expect(await fixture.statuses()).toEqual(['active'])
    await expect(fixture.rotator.rotate(FORCED, NO_ORIGIN)).rejects.toMatchObject({ limit: 'interval' })
    expect(await fixture.statuses()).toEqual(['active', 'next'])
  })
})
