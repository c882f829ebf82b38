import { describe, expect, it } from '@jest/globals'
import { clientId, NO_ORIGIN, Overloaded, Secret, Unavailable } from '@ac/kernel'
import type { ClientCredentials } from './client-authenticator.ts'
import { ClientRejected } from './client-rejected.ts'
import { AuthenticatorFixture } from './testing/authenticator-fixture.ts'

const MINUTE_AWAY = new Date('2026-01-01T00:01:00.000Z')

const authenticate = ({ authenticator }: AuthenticatorFixture, credentials: ClientCredentials) =>
  authenticator.authenticate(credentials, NO_ORIGIN)

/** Why the attempt was rejected; `undefined` when it was not. Any other error is rethrown. */
async function rejection(fixture: AuthenticatorFixture, credentials: ClientCredentials) {
  try {
    await authenticate(fixture, credentials)
    return undefined
  } catch (error) {
    if (error instanceof ClientRejected) return error.reason
    throw error
  }
}

describe('ClientAuthenticator accepts', () => {
  it('a client that presents its secret, and records no failure', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol()
    expect(await authenticate(fixture, enrolled)).toEqual(enrolled.client)
    expect(fixture.audit.events).toEqual([])
  })

  it('either of two secrets that are live', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol()
    const older = await fixture.addForeignSecret(enrolled)
    expect(await authenticate(fixture, enrolled)).toEqual(enrolled.client)
    expect(await authenticate(fixture, { ...enrolled, secret: older })).toEqual(enrolled.client)
  })

  it('a secret whose MAC was made under another key, by its hash', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrolForeign()
    expect(await authenticate(fixture, enrolled)).toEqual(enrolled.client)
  })

  it('a secret until the moment it expires, and not at that moment', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol({}, { expiresAt: MINUTE_AWAY })
    fixture.clock.advanceSeconds(59.999)
    expect(await authenticate(fixture, enrolled)).toEqual(enrolled.client)
    fixture.clock.advanceSeconds(0.001)
    expect(await rejection(fixture, enrolled)).toBe('expired_secret')
  })

  it('an id of 128 characters, and looks no longer one up', async () => {
    const fixture = new AuthenticatorFixture()
    const longest = await fixture.enrol({ id: clientId('i'.repeat(128)) })
    const tooLong = await fixture.enrol({ id: clientId('i'.repeat(129)) })
    expect(await authenticate(fixture, longest)).toEqual(longest.client)
    expect(await rejection(fixture, tooLong)).toBe('unknown_client')
  })
})

describe('ClientAuthenticator rejects', () => {
  it('an id that is nobody\u2019s', async () => {
    const fixture = new AuthenticatorFixture()
    expect(await rejection(fixture, { clientId: fixture.newId(), secret: fixture.newSecret() })).toBe('unknown_client')
  })

  it.each(['enrol', 'enrolForeign'] as const)('a secret that is not the client\u2019s (%s)', async (enrol) => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture[enrol]()
    expect(await rejection(fixture, { ...enrolled, secret: fixture.newSecret() })).toBe('wrong_secret')
  })

  it('the secret of another client', async () => {
    const fixture = new AuthenticatorFixture()
    const [one, other] = [await fixture.enrol(), await fixture.enrolForeign()]
    expect(await rejection(fixture, { ...one, secret: other.secret })).toBe('wrong_secret')
    expect(await rejection(fixture, { ...other, secret: one.secret })).toBe('wrong_secret')
  })

  it('a MAC that was copied from another client', async () => {
    const fixture = new AuthenticatorFixture()
    const one = await fixture.enrol()
    const stored = await fixture.clients.get(one.client.id)
    const thief = await fixture.enrol({}, { ...(stored?.secrets[0] && { mac: stored.secrets[0].mac }) })
    expect(await rejection(fixture, { ...thief, secret: one.secret })).toBe('wrong_secret')
  })

  it.each(['enrol', 'enrolForeign'] as const)('a disabled client, whose secret is right (%s)', async (enrol) => {
    const fixture = new AuthenticatorFixture()
    expect(await rejection(fixture, await fixture[enrol]({ disabled: true }))).toBe('disabled')
  })

  it('a disabled client whose secret is wrong, for the secret', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol({ disabled: true })
    expect(await rejection(fixture, { ...enrolled, secret: fixture.newSecret() })).toBe('wrong_secret')
  })

  it('a client without any secret', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol()
    fixture.clients.put(enrolled.client)
    expect(await rejection(fixture, enrolled)).toBe('wrong_secret')
  })

  it('whatever it rejects with one code and one message', async () => {
    const fixture = new AuthenticatorFixture()
    const attempts = [
      { clientId: 'nobody', secret: new Secret('') },
      { ...(await fixture.enrol()), secret: fixture.newSecret() },
      await fixture.enrol({ disabled: true }),
      await fixture.enrol({}, { expiresAt: new Date(0) }),
    ]
    const errors = await Promise.all(
      attempts.map((attempt) => authenticate(fixture, attempt).catch((error: unknown) => error)),
    )
    const seen = errors.map((error) => error instanceof ClientRejected && [error.code, error.message, error.name])
    expect(seen).toEqual(attempts.map(() => ['client_rejected', 'client authentication failed', 'ClientRejected']))
  })

  it('nobody when the store or the hasher does not answer: that is an error of its own', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrolForeign()
    fixture.hasher.overload()
    await expect(authenticate(fixture, enrolled)).rejects.toThrow(Overloaded)
    fixture.clients.fail(new Unavailable('client store'))
    await expect(authenticate(fixture, enrolled)).rejects.toThrow(Unavailable)
    expect(fixture.audit.events).toEqual([])
  })
})
