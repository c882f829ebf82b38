import { describe, expect, it } from '@jest/globals'
import { Unavailable, type Origin, type Scope } from '@ac/kernel'
import { InMemoryAuditTrail, MovingClock } from '@ac/kernel/testing'
import { AccessAuthorizer } from './access-authorizer.ts'
import { aValidToken } from './testing/a-valid-token.ts'
import { TokenRejected } from './token-rejected.ts'
import type { ValidToken } from './valid-token.ts'

const ISSUER = 'https://ac.example'
const ADMIN = 'admin:services' as Scope
const ORIGIN: Origin = { requestId: 'r-1', source: 'h:1', traceId: undefined }
const { id, clientId, keyId } = aValidToken()
const REFERENCE = { id, clientId, keyId }

const valid = (over: Partial<ValidToken> = {}): ValidToken =>
  aValidToken({ audience: ISSUER, scopes: [ADMIN], ...over })

/** An authorizer for which every token is verified as `outcome` says. */
function authorizing(outcome: ValidToken | Error) {
  const audit = new InMemoryAuditTrail()
  const clock = new MovingClock()
  const verifier = {
    verify: async (): Promise<ValidToken> => {
      if (outcome instanceof Error) throw outcome
      return outcome
    },
  }
  const authorizer = new AccessAuthorizer({ verifier, audit, clock: clock.now, audience: ISSUER })
  const authorize = (anyOf: readonly string[] = [ADMIN]) =>
    authorizer.authorize('token', anyOf as readonly Scope[], ORIGIN)
  return { audit, clock, authorize }
}

const denial = (over: object) => ({
  type: 'admin.access_denied',
  outcome: 'failure',
  occurredAt: new Date('2026-01-01T00:00:00.000Z'),
  target: REFERENCE.id,
  origin: ORIGIN,
  ...over,
})

describe('AccessAuthorizer', () => {
  it('lets a token in that carries one of the scopes, and leaves no event of that', async () => {
    const { authorize, audit } = authorizing(valid({ scopes: [ADMIN, 'other' as Scope] }))
    expect(await authorize(['needed.elsewhere', ADMIN])).toMatchObject(REFERENCE)
    expect(audit.events).toEqual([])
  })

  it.each([
    ['none of the scopes', ['service.rotate-keys.ac'], ['admin:services']],
    ['a scope that begins alike', ['admin:services.read'], ['admin:services']],
    ['a scope in capitals', ['ADMIN:SERVICES'], ['admin:services']],
    ['every scope where none is good enough', ['admin:services'], []],
  ])('keeps out a valid token with %s, and tells the audit trail each time', async (_, scopes, anyOf) => {
    const { authorize, audit } = authorizing(valid({ scopes: scopes as readonly string[] as readonly Scope[] }))
    await expect(authorize(anyOf)).rejects.toMatchObject({ code: 'insufficient_scope', anyOf })
    await expect(authorize(anyOf)).rejects.toMatchObject({ code: 'insufficient_scope', anyOf })
    const event = denial({ actor: REFERENCE.clientId, reason: 'insufficient_scope' })
    expect(audit.events).toEqual([event, event])
  })

  it.each(['urn:ac:platform', `${ISSUER}/`, ISSUER.toUpperCase()])(
    'keeps out a valid token for %s, whatever it carries, and tells the audit trail',
    async (audience) => {
      const { authorize, audit } = authorizing(valid({ audience }))
      await expect(authorize()).rejects.toMatchObject({ code: 'token_rejected', reason: 'wrong_audience' })
      expect(audit.events).toEqual([denial({ actor: REFERENCE.clientId, reason: 'wrong_audience' })])
    },
  )

  it('tells the audit trail of a token that is not valid any more once a minute', async () => {
    const { authorize, audit, clock } = authorizing(new TokenRejected('revoked', REFERENCE))
    for (const seconds of [0, 30, 29.999, 0.001, 1]) {
      clock.advanceSeconds(seconds)
      await expect(authorize()).rejects.toMatchObject({ reason: 'revoked' })
    }
    expect(audit.events.map(({ occurredAt }) => occurredAt.toISOString())).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:01:00.000Z',
    ])
    expect(audit.events[0]).toEqual(denial({ actor: undefined, reason: 'revoked' }))
  })

  it('leaves no event of what none of our keys signed', async () => {
    const { authorize, audit } = authorizing(new TokenRejected('bad_signature'))
    await expect(authorize()).rejects.toMatchObject({ reason: 'bad_signature' })
    expect(audit.events).toEqual([])
  })

  it('lets nobody in while it is not known whether the token is valid', async () => {
    const failure = new Unavailable('database')
    const { authorize, audit } = authorizing(failure)
    await expect(authorize()).rejects.toBe(failure)
    expect(audit.events).toEqual([])
  })

  it.each([
    ['a valid token', valid({ scopes: [] }), 'insufficient_scope'],
    ['a token that is not valid any more', new TokenRejected('expired', REFERENCE), 'token_rejected'],
  ])('fails when the denial of %s cannot be recorded, and records it the next time', async (_, outcome, code) => {
    const { authorize, audit } = authorizing(outcome)
    const failure = new Unavailable('audit trail')
    audit.refuse(failure)
    await expect(authorize()).rejects.toBe(failure)
    audit.refuse(undefined)
    await expect(authorize()).rejects.toMatchObject({ code })
    expect(audit.events).toHaveLength(1)
  })
})
