import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN } from '@ac/kernel'
import fc from 'fast-check'
import { RotationTooSoon } from './rotation-too-soon.ts'
import { KeyLifeFixture, POLICY } from './testing/key-life-fixture.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const rotate = (fixture: KeyLifeFixture, forced: boolean) =>
  fixture.rotator.rotate({ forced, actor: 'svc_a' }, NO_ORIGIN)

/** An installation whose first keys were replaced a moment ago. */
async function rotatedOnce(): Promise<KeyLifeFixture> {
  const fixture = await KeyLifeFixture.begun()
  await rotate(fixture, false)
  return fixture
}

/** The refusal of a rotation that must be refused. */
async function refusal(fixture: KeyLifeFixture, forced: boolean): Promise<RotationTooSoon> {
  const error = await rotate(fixture, forced).catch((reason: unknown) => reason)
  if (!(error instanceof RotationTooSoon)) throw new Error('the rotation was not refused')
  return error
}

describe.each([
  ['scheduled', false, 6 * DAY],
  ['forced', true, HOUR],
])('a %s rotation', (_kind, forced, interval) => {
  it('of a fresh installation waits for nothing, and the one after it for the whole interval', async () => {
    const fixture = await KeyLifeFixture.begun()
    await rotate(fixture, forced)
    expect(await refusal(fixture, forced)).toMatchObject({ retryAfterSeconds: interval, limit: 'interval' })
    fixture.clock.advanceSeconds(interval - 0.001)
    expect(await refusal(fixture, forced)).toMatchObject({ retryAfterSeconds: 1, limit: 'interval' })
    fixture.clock.advanceSeconds(0.001)
    await rotate(fixture, forced)
  })

  it.each(['active', 'next'] as const)('waits after the %s key of a fresh installation was revoked', async (status) => {
    const fixture = await KeyLifeFixture.begun()
    fixture.clock.advanceSeconds(MINUTE)
    await fixture.revoker.revoke({ kid: (await fixture.the(status)).kid, actor: 'svc_a' }, NO_ORIGIN)
    expect((await refusal(fixture, forced)).retryAfterSeconds).toBeGreaterThan(0)
  })

  it.each([true, false])('waits for its interval after a rotation of either kind, forced %s', async (before) => {
    const fixture = await KeyLifeFixture.begun()
    fixture.clock.advanceSeconds(6 * DAY)
    await rotate(fixture, before)
    fixture.clock.advanceSeconds(interval - 1)
    expect(await refusal(fixture, forced)).toMatchObject({ retryAfterSeconds: 1, limit: 'interval' })
    fixture.clock.advanceSeconds(1)
    await rotate(fixture, forced)
  })

  it('that is refused changes no key, is recorded, and does not put off the next one', async () => {
    const fixture = await rotatedOnce()
    const before = fixture.store.events.length
    const { keys } = await fixture.store.read()
    fixture.clock.advanceSeconds(interval - 1)
    await refusal(fixture, forced)
    expect((await fixture.store.read()).keys).toEqual(keys)
    expect(fixture.store.events.slice(before)).toEqual([
      {
        type: 'signing_key.rotation_refused',
        outcome: 'failure',
        reason: 'interval',
        occurredAt: fixture.clock.now(),
        actor: 'svc_a',
        target: (await fixture.the('active')).kid,
        origin: NO_ORIGIN,
      },
    ])
    fixture.clock.advanceSeconds(1)
    await rotate(fixture, forced)
  })

  it('is refused for its whole interval when the clock of the store was set back', async () => {
    const fixture = await rotatedOnce()
    fixture.clock.advanceSeconds(-HOUR)
    expect(await refusal(fixture, forced)).toMatchObject({ retryAfterSeconds: interval + HOUR })
  })
})

describe('a next key', () => {
  it('that was made by a revocation is not promoted before it is published for long enough', async () => {
    const fixture = await KeyLifeFixture.begun()
    fixture.clock.advanceSeconds(6 * DAY)
    await fixture.revoker.revoke({ kid: (await fixture.the('next')).kid, actor: 'svc_a' }, NO_ORIGIN)
    for (const forced of [true, false]) {
      expect(await refusal(fixture, forced)).toMatchObject({ retryAfterSeconds: 900, limit: 'publication' })
    }
    fixture.clock.advanceSeconds(15 * MINUTE - 0.001)
    expect(await refusal(fixture, true)).toMatchObject({ retryAfterSeconds: 1, limit: 'publication' })
    fixture.clock.advanceSeconds(0.001)
    await rotate(fixture, true)
  })

  it('makes a rotation wait for the longer of both limits', async () => {
    const fixture = await rotatedOnce()
    fixture.clock.advanceSeconds(55 * MINUTE)
    await fixture.revoker.revoke({ kid: (await fixture.the('next')).kid, actor: 'svc_a' }, NO_ORIGIN)
    expect(await refusal(fixture, true)).toMatchObject({ retryAfterSeconds: 900, limit: 'publication' })
    expect(await refusal(fixture, false)).toMatchObject({ limit: 'interval' })
  })
})

describe('the limits of rotation', () => {
  it('hold, and name the first second at which they are over, whatever is asked for and when', async () => {
    const step = fc.record({
      seconds: fc.oneof(fc.integer({ min: 0, max: 7 * DAY }), fc.integer({ min: 0, max: 2 * HOUR })),
      millis: fc.nat({ max: 999 }),
      act: fc.constantFrom('scheduled', 'forced', 'revoke next', 'revoke active'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const fixture = await rotatedOnce()
        for (const { seconds, millis, act } of steps) {
          fixture.clock.advanceSeconds(seconds + millis / 1000)
          const [active, next] = [await fixture.the('active'), await fixture.the('next')]
          const now = fixture.clock.now().getTime()
          if (act.startsWith('revoke')) {
            const { kid } = act === 'revoke next' ? next : active
            await fixture.revoker.revoke({ kid, actor: 'svc_a' }, NO_ORIGIN)
            continue
          }
          const forced = act === 'forced'
          const interval = forced ? POLICY.forceRotationMinIntervalSeconds : POLICY.rotationMinIntervalSeconds
          const allowedAt = Math.max(
            (active.activatedAt?.getTime() ?? 0) + interval * 1000,
            next.createdAt.getTime() + POLICY.publicationSeconds * 1000,
          )
          const outcome = await rotate(fixture, forced).catch((error: unknown) => error)
          expect(outcome instanceof RotationTooSoon).toBe(now < allowedAt)
          if (outcome instanceof RotationTooSoon) {
            expect(outcome.retryAfterSeconds).toBe(Math.ceil((allowedAt - now) / 1000))
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})
