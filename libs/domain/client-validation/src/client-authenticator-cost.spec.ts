import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, Secret, Unavailable } from '@ac/kernel'
import type { ClientCredentials } from './client-authenticator.ts'
import { ClientRejected } from './client-rejected.ts'
import { AuthenticatorFixture, type Enrolled } from './testing/authenticator-fixture.ts'

const EXPIRED = { expiresAt: new Date('2025-12-31T23:59:59.999Z') }

type Attempt = (fixture: AuthenticatorFixture) => Promise<ClientCredentials>

const withWrongSecret = (fixture: AuthenticatorFixture, { client }: Enrolled): ClientCredentials => ({
  clientId: client.id,
  secret: fixture.newSecret(),
})

/** Attempts that must be rejected, on a database without any foreign MAC. */
const OUR_MACS: readonly (readonly [string, Attempt])[] = [
  ['an unknown client', async (fixture) => ({ clientId: fixture.newId(), secret: fixture.newSecret() })],
  ['an id that is too long', async (fixture) => ({ clientId: 'i'.repeat(129), secret: fixture.newSecret() })],
  ['a wrong secret', async (fixture) => withWrongSecret(fixture, await fixture.enrol())],
  ['a disabled client', (fixture) => fixture.enrol({ disabled: true })],
  [
    'a disabled client with a wrong secret',
    async (fixture) => withWrongSecret(fixture, await fixture.enrol({ disabled: true })),
  ],
  ['an expired secret', (fixture) => fixture.enrol({}, EXPIRED)],
  ['an expired secret of a disabled client', (fixture) => fixture.enrol({ disabled: true }, EXPIRED)],
]

/** The same where the client itself has one or two foreign MACs. */
const FOREIGN_MACS: readonly (readonly [string, Attempt])[] = [
  ['a wrong secret, one foreign MAC', async (fixture) => withWrongSecret(fixture, await fixture.enrolForeign())],
  [
    'a wrong secret, two foreign MACs',
    async (fixture) => {
      const enrolled = await fixture.enrolForeign()
      await fixture.addForeignSecret(enrolled)
      return withWrongSecret(fixture, enrolled)
    },
  ],
  ['a disabled client, one foreign MAC', (fixture) => fixture.enrolForeign({ disabled: true })],
  [
    'a disabled client, the second of two foreign MACs',
    async (fixture) => {
      const enrolled = await fixture.enrolForeign({ disabled: true })
      return { ...enrolled, secret: await fixture.addForeignSecret(enrolled) }
    },
  ],
  [
    'a disabled client, one MAC of ours and one foreign',
    async (fixture) => {
      const enrolled = await fixture.enrol({ disabled: true })
      await fixture.addForeignSecret(enrolled)
      return enrolled
    },
  ],
  ['an expired secret, one foreign MAC', (fixture) => fixture.enrolForeign({}, EXPIRED)],
]

/** How one attempt ends, and after how many hashes. */
async function outcome({ authenticator, hasher }: AuthenticatorFixture, credentials: ClientCredentials) {
  const before = hasher.calls.verify
  const word = await authenticator.authenticate(credentials, NO_ORIGIN).then(
    () => 'accepted',
    (error: unknown) => (error instanceof ClientRejected ? 'rejected' : 'failed'),
  )
  return `${word} after ${hasher.calls.verify - before}`
}

describe('A rejection costs', () => {
  it.each(OUR_MACS)('no hash while all MACs are ours: %s', async (_, attempt) => {
    const fixture = new AuthenticatorFixture()
    expect(await outcome(fixture, await attempt(fixture))).toBe('rejected after 0')
  })

  it.each([...OUR_MACS, ...FOREIGN_MACS])(
    'as many hashes as any other while some MAC is foreign: %s',
    async (_, attempt) => {
      const fixture = new AuthenticatorFixture()
      fixture.census.counted(true)
      expect(await outcome(fixture, await attempt(fixture))).toBe('rejected after 2')
    },
  )

  it('as much for nobody as for a client with a foreign MAC, from the first time one was met', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrolForeign()
    const nobody = { clientId: fixture.newId(), secret: fixture.newSecret() }
    expect(await outcome(fixture, nobody)).toBe('rejected after 0')
    expect(await outcome(fixture, withWrongSecret(fixture, enrolled))).toBe('rejected after 2')
    expect(await outcome(fixture, nobody)).toBe('rejected after 2')
    fixture.census.counted(false)
    expect(await outcome(fixture, nobody)).toBe('rejected after 0')
  })

  it('no hash for a secret that was not made here, whoever it is presented for', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrolForeign()
    const right = enrolled.secret.reveal()
    const mistyped = right.slice(0, -1) + (right.endsWith('a') ? 'b' : 'a')
    for (const text of ['', 'acs_', 'hunter2', mistyped, `${right} `, 'a'.repeat(100_000)]) {
      for (const clientId of [enrolled.clientId, fixture.newId()]) {
        expect([text, await outcome(fixture, { clientId, secret: new Secret(text) })]).toEqual([
          text,
          'rejected after 0',
        ])
      }
    }
  })

  it('no write to the store: the MAC of a disabled client stays as it was', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrolForeign({ disabled: true })
    await outcome(fixture, enrolled)
    expect((await fixture.clients.get(enrolled.client.id))?.secrets[0]?.mac.keyId).toBe(fixture.foreignMacs.keyId)
  })
})

describe('An acceptance costs', () => {
  it('no hash ever while all MACs are ours, with 1,000 clients', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await Promise.all(Array.from({ length: 1000 }, () => fixture.enrol()))
    await Promise.all(enrolled.map((each) => fixture.authenticator.authenticate(each, NO_ORIGIN)))
    const attempts = enrolled.map((each) =>
      fixture.authenticator.authenticate(withWrongSecret(fixture, each), NO_ORIGIN).catch(() => undefined),
    )
    await Promise.all(attempts)
    expect(fixture.hasher.calls.verify).toBe(0)
    expect(fixture.audit.events).toHaveLength(1000)
  })

  it('no hash where the MAC is ours, even while others are foreign', async () => {
    const fixture = new AuthenticatorFixture()
    fixture.census.counted(true)
    expect(await outcome(fixture, await fixture.enrol())).toBe('accepted after 0')
  })

  it('one hash where the MAC is foreign, which is renewed, so that the next one costs none', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrolForeign()
    expect(await outcome(fixture, enrolled)).toBe('accepted after 1')
    const renewed = (await fixture.clients.get(enrolled.client.id))?.secrets[0]?.mac
    expect(renewed).toEqual(fixture.macs.make(enrolled.client.id, enrolled.secret))
    expect(await outcome(fixture, enrolled)).toBe('accepted after 0')
  })

  it('a renewal of the secret that matched, and of no other', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrolForeign()
    const older = await fixture.addForeignSecret(enrolled)
    await outcome(fixture, { ...enrolled, secret: older })
    const keyIds = (await fixture.clients.get(enrolled.client.id))?.secrets.map(({ mac }) => mac.keyId)
    expect(keyIds).toEqual([fixture.foreignMacs.keyId, fixture.macs.keyId])
  })

  it('another hash the next time where the new MAC could not be written, and a line in the log', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrolForeign()
    fixture.clients.fail(new Unavailable('client store'), 'replaceMac')
    expect(await outcome(fixture, enrolled)).toBe('accepted after 1')
    expect(await outcome(fixture, enrolled)).toBe('accepted after 1')
    expect(fixture.log.lines.map(({ level }) => level)).toEqual(['warn', 'warn'])
    expect(JSON.stringify(fixture.log.lines)).not.toContain(enrolled.secret.reveal())
  })
})
