import { Overloaded, Unavailable, type Origin } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { AuthenticationThrottled } from './authentication-throttled.ts'
import { ClientRejected } from './client-rejected.ts'
import type { FailureLimiter } from './ports/failure-limiter.ts'
import { AuthenticatorFixture } from './testing/authenticator-fixture.ts'
import { InMemoryFailureLimiter } from './testing/in-memory-failure-limiter.ts'
import { ThrottledClientAuthenticator } from './throttled-client-authenticator.ts'

const ORIGIN: Origin = {
  requestId: 'r-1',
  source: 'h:0123456789abcdef',
  network: 'h:00ff00ff00ff00ff',
  traceId: undefined,
}
const MAX_FAILURES = 5

/** An authenticator that bears five failures, over the fakes of `fixture`. */
function throttled(fixture: AuthenticatorFixture, limiter?: FailureLimiter): ThrottledClientAuthenticator {
  const { authenticator, audit, clock } = fixture
  const limits = { windowSeconds: 900, maxFailures: MAX_FAILURES, maxFailuresOfNetwork: 20 }
  return new ThrottledClientAuthenticator({
    authenticator,
    limiter: limiter ?? new InMemoryFailureLimiter(limits, clock.now),
    audit,
    clock: clock.now,
  })
}

/** Fails so many times for `clientId`; gives the errors. */
async function fail(subject: ThrottledClientAuthenticator, fixture: AuthenticatorFixture, clientId: string, times = 1) {
  const errors: unknown[] = []
  for (let time = 0; time < times; time++) {
    const attempt = subject.authenticate({ clientId, secret: fixture.newSecret() }, ORIGIN)
    errors.push(await attempt.catch((error: unknown) => error))
  }
  return errors
}

describe('ThrottledClientAuthenticator', () => {
  it.each([
    ['a client that exists', async (fixture: AuthenticatorFixture) => (await fixture.enrol()).clientId],
    ['a client that does not', async (fixture: AuthenticatorFixture) => fixture.newId()],
    ['no id that could be', async () => 'x'.repeat(10_000)],
  ])('rejects five failures for %s, and throttles every further one', async (_, idOf) => {
    const fixture = new AuthenticatorFixture()
    const subject = throttled(fixture)
    const errors = await fail(subject, fixture, await idOf(fixture), 8)
    expect(errors.slice(0, 5).every((error) => error instanceof ClientRejected)).toBe(true)
    for (const error of errors.slice(5)) {
      expect(error).toMatchObject({ constructor: AuthenticationThrottled, retryAfterSeconds: 900 })
    }
  })

  it('lets a right secret pass, however often its network has failed for the same client', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol()
    const subject = throttled(fixture)
    await fail(subject, fixture, enrolled.clientId, 30)
    expect(await subject.authenticate(enrolled, ORIGIN)).toEqual(enrolled.client)
  })

  it('never asks the limiter about a right secret', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol()
    const limiter: FailureLimiter = { count: () => Promise.reject(new Error('was asked')) }
    expect(await throttled(fixture, limiter).authenticate(enrolled, ORIGIN)).toEqual(enrolled.client)
  })

  it('counts no failure that is ours', async () => {
    const fixture = new AuthenticatorFixture()
    for (const ours of [new Unavailable('client store'), new Overloaded('client reads')]) {
      const authenticator = { authenticate: () => Promise.reject(ours) }
      const limiter: FailureLimiter = { count: () => Promise.reject(new Error('was asked')) }
      const { audit, clock } = fixture
      const subject = new ThrottledClientAuthenticator({ authenticator, limiter, audit, clock: clock.now })
      await expect(fail(subject, fixture, fixture.newId())).resolves.toEqual([ours])
    }
  })

  it('counts the right secret of a disabled client as the failure that it is', async () => {
    const fixture = new AuthenticatorFixture()
    const disabled = await fixture.enrol({ disabled: true })
    const subject = throttled(fixture)
    await fail(subject, fixture, disabled.clientId, MAX_FAILURES)
    await expect(subject.authenticate(disabled, ORIGIN)).rejects.toThrow(AuthenticationThrottled)
  })

  it('records each throttled failure, with the reason that only the trail may know', async () => {
    const fixture = new AuthenticatorFixture()
    const { clientId } = await fixture.enrol()
    await fail(throttled(fixture), fixture, clientId, MAX_FAILURES + 1)
    expect(fixture.audit.events.slice(-2).map(({ type }) => type)).toEqual([
      'client.authentication_failed',
      'client.authentication_throttled',
    ])
    expect(fixture.audit.events.at(-1)).toEqual({
      type: 'client.authentication_throttled',
      outcome: 'failure',
      reason: 'wrong_secret',
      occurredAt: fixture.clock.now(),
      actor: undefined,
      target: clientId,
      origin: ORIGIN,
    })
  })

  it('records nothing of a secret that was pasted where the id belongs', async () => {
    const fixture = new AuthenticatorFixture()
    const secret = fixture.newSecret().reveal()
    await fail(throttled(fixture), fixture, secret, MAX_FAILURES + 1)
    expect(JSON.stringify(fixture.audit.events)).not.toContain(secret)
  })

  it('answers with the trail\u2019s own error when that refuses', async () => {
    const fixture = new AuthenticatorFixture()
    const refusal = new Unavailable('audit trail')
    const subject = throttled(fixture, {
      count: async () => {
        fixture.audit.refuse(refusal)
        return 900
      },
    })
    expect(await fail(subject, fixture, fixture.newId())).toEqual([refusal])
  })
})
