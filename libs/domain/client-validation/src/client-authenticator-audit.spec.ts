import { describe, expect, it } from '@jest/globals'
import { Unavailable, type AuditEvent } from '@ac/kernel'
import { ClientRejected, type RejectionReason } from './client-rejected.ts'
import type { ClientCredentials } from './client-authenticator.ts'
import { AuthenticatorFixture } from './testing/authenticator-fixture.ts'

const ORIGIN = { requestId: 'r-1', source: 'h:0123456789abcdef', traceId: undefined }

/** What an attempt, which must be rejected, leaves in the audit trail. */
async function recorded(fixture: AuthenticatorFixture, credentials: ClientCredentials): Promise<readonly AuditEvent[]> {
  await expect(fixture.authenticator.authenticate(credentials, ORIGIN)).rejects.toThrow(ClientRejected)
  return fixture.audit.events
}

const failure = (fixture: AuthenticatorFixture, reason: RejectionReason, target: string | undefined): AuditEvent => ({
  type: 'client.authentication_failed',
  outcome: 'failure',
  reason,
  occurredAt: fixture.clock.now(),
  actor: undefined,
  target,
  origin: ORIGIN,
})

describe('ClientAuthenticator records of a rejection', () => {
  it('that the client is unknown', async () => {
    const fixture = new AuthenticatorFixture()
    const id = fixture.newId()
    const events = await recorded(fixture, { clientId: id, secret: fixture.newSecret() })
    expect(events).toEqual([failure(fixture, 'unknown_client', id)])
  })

  it('that the secret is wrong', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol()
    const events = await recorded(fixture, { ...enrolled, secret: fixture.newSecret() })
    expect(events).toEqual([failure(fixture, 'wrong_secret', enrolled.clientId)])
  })

  it('that the secret is expired', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol({}, { expiresAt: fixture.clock.now() })
    expect(await recorded(fixture, enrolled)).toEqual([failure(fixture, 'expired_secret', enrolled.clientId)])
  })

  it('that the client is disabled', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol({ disabled: true })
    expect(await recorded(fixture, enrolled)).toEqual([failure(fixture, 'disabled', enrolled.clientId)])
  })

  it.each(['', 'alice', 'svc_short', `svc_${'0'.repeat(23)}`, `svc_${'-'.repeat(22)}`, 'x'.repeat(129)])(
    'no target where the claimed id has not the form of one: %j',
    async (clientId) => {
      const fixture = new AuthenticatorFixture()
      const events = await recorded(fixture, { clientId, secret: fixture.newSecret() })
      expect(events).toEqual([failure(fixture, 'unknown_client', undefined)])
    },
  )

  it('nothing of a secret that was pasted where the id belongs', async () => {
    const fixture = new AuthenticatorFixture()
    const { secret } = await fixture.enrol()
    const events = await recorded(fixture, { clientId: secret.reveal(), secret })
    expect(JSON.stringify([events, fixture.log.lines])).not.toContain(secret.reveal().slice(4, 20))
  })

  it('before it answers, and answers with the trail\u2019s own error when that refuses', async () => {
    const fixture = new AuthenticatorFixture()
    const enrolled = await fixture.enrol({ disabled: true })
    const refusal = new Unavailable('audit trail')
    fixture.audit.refuse(refusal)
    await expect(fixture.authenticator.authenticate(enrolled, ORIGIN)).rejects.toBe(refusal)
  })
})
