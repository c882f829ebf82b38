import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, Secret } from '@ac/kernel'
import { AuthenticatorFixture, type Enrolled } from './testing/authenticator-fixture.ts'

function start() {
  const fixture = new AuthenticatorFixture()
  const lastUse = async ({ client }: Enrolled) => {
    await fixture.clients.flush()
    return (await fixture.clients.get(client.id))?.secrets[0]?.lastUsedAt
  }
  const authenticate = (credentials: Enrolled) => fixture.authenticator.authenticate(credentials, NO_ORIGIN)
  return { fixture, lastUse, authenticate }
}

describe('the last use of a secret', () => {
  it('is when it last proved who its client is', async () => {
    const { fixture, lastUse, authenticate } = start()
    const client = await fixture.enrol()
    expect(await lastUse(client)).toBeUndefined()
    await authenticate(client)
    expect(await lastUse(client)).toEqual(fixture.clock.now())
  })

  it('is noted when its hash had to prove it, too', async () => {
    const { fixture, lastUse, authenticate } = start()
    const client = await fixture.enrolForeign()
    await authenticate(client)
    expect(await lastUse(client)).toEqual(fixture.clock.now())
  })

  it('is noted once a minute, however often it is used', async () => {
    const { fixture, authenticate } = start()
    const client = await fixture.enrol()
    const noted: Date[] = []
    const note = fixture.clients.note.bind(fixture.clients)
    fixture.clients.note = (secret, at) => {
      noted.push(at)
      note(secret, at)
    }
    for (let second = 0; second <= 120; second++) {
      await authenticate(client)
      await fixture.clients.flush()
      fixture.clock.advanceSeconds(1)
    }
    expect(noted.map((at) => at.getUTCMinutes())).toEqual([0, 1, 2])
  })

  it('is no attempt that failed', async () => {
    const { fixture, lastUse, authenticate } = start()
    const client = await fixture.enrol()
    const disabled = await fixture.enrol({ disabled: true })
    const expired = await fixture.enrol({}, { expiresAt: fixture.clock.now() })
    const attempts = [{ ...client, secret: new Secret(fixture.newSecret().reveal()) }, disabled, expired]
    for (const attempt of attempts) await expect(authenticate(attempt)).rejects.toThrow()
    for (const each of [client, disabled, expired]) expect(await lastUse(each)).toBeUndefined()
  })

  it('is the one of the secret that was used, of two', async () => {
    const { fixture, authenticate } = start()
    const client = await fixture.enrol()
    const older = await fixture.addForeignSecret(client)
    await authenticate({ ...client, secret: older })
    await fixture.clients.flush()
    const secrets = (await fixture.clients.get(client.client.id))?.secrets
    expect(secrets?.map(({ lastUsedAt }) => lastUsedAt)).toEqual([undefined, fixture.clock.now()])
  })
})
