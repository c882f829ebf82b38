import { describe, expect, it } from '@jest/globals'
import { clientId, tokenId, Unavailable, type Origin } from '@ac/kernel'
import { InMemoryAuditTrail, MovingClock } from '@ac/kernel/testing'
import { FakeSignedTokens } from './testing/fake-signed-tokens.ts'
import { InMemoryTokenStates } from './testing/in-memory-token-states.ts'
import { someClaims } from './testing/some-claims.ts'
import { TokenRevoker } from './token-revoker.ts'

const CLIENT = clientId('svc_0123456789ABCDEFabcdef')
const OTHER = clientId('svc_another')
const ID = tokenId('0123456789ABCDEFabcdeg')
const ORIGIN: Origin = { requestId: 'r-1', source: 'h:1', traceId: undefined }

function revoking(now = '2026-01-01T00:30:00.000Z') {
  const tokens = new FakeSignedTokens()
  const states = new InMemoryTokenStates()
  const audit = new InMemoryAuditTrail()
  const clock = new MovingClock(now).now
  const policy = { issuer: 'https://ac.example', clockSkewSeconds: 300 }
  const revoker = new TokenRevoker({ tokens, revocations: states, audit, clock, policy })
  const revoke = (over: Readonly<Record<string, unknown>> = {}, client = CLIENT) =>
    revoker.revoke(client, tokens.sign(someClaims(over)), ORIGIN)
  const isRevoked = async () => (await states.read({ id: ID, clientId: CLIENT, keyId: tokens.keyId })).revoked
  return { tokens, states, audit, revoker, revoke, isRevoked }
}

const event = {
  type: 'token.revoked',
  outcome: 'success',
  reason: undefined,
  occurredAt: new Date('2026-01-01T00:30:00.000Z'),
  actor: CLIENT,
  target: ID,
  origin: ORIGIN,
}

describe('TokenRevoker', () => {
  it('revokes a token for the client that it was issued to, with one event however often that asks', async () => {
    const { revoke, isRevoked, states, audit } = revoking()
    for (let call = 0; call < 3; call++) await revoke()
    expect(await isRevoked()).toBe(true)
    expect([states.events, audit.events]).toEqual([[event], []])
  })

  it.each([
    ['while it may be accepted although it is expired', '2026-01-01T01:04:59.999Z', true],
    ['no more when nobody accepts it', '2026-01-01T01:05:00.000Z', false],
    ['before it may be accepted', '2025-12-31T20:00:00.000Z', true],
  ])('revokes a token %s', async (_, now, expected) => {
    const { revoke, isRevoked, states } = revoking(now)
    await revoke()
    expect(await isRevoked()).toBe(expected)
    expect(states.events).toHaveLength(expected ? 1 : 0)
  })

  it.each([
    ['another issuer\u2019s', { iss: 'https://other.example' }],
    ['one that lacks a claim', { exp: undefined }],
    ['one of two clients', { client_id: OTHER }],
  ])('does nothing for a token that is none of ours: %s', async (_, over) => {
    const { revoke, isRevoked, states, audit } = revoking()
    await revoke(over)
    expect([await isRevoked(), states.events, audit.events]).toEqual([false, [], []])
  })

  it('does nothing for what no published key has signed', async () => {
    const { revoker, tokens, states, audit } = revoking()
    const token = tokens.sign(someClaims())
    tokens.withdraw()
    for (const each of [token, '', 'a.b.c', `a.b.${'0'.repeat(86)}`]) await revoker.revoke(CLIENT, each, ORIGIN)
    expect([states.events, audit.events]).toEqual([[], []])
  })

  it.each(['2026-01-01T00:30:00.000Z', '2036-01-01T00:00:00.000Z'])(
    'refuses a token of another client, valid or not (at %s), and tells the audit trail',
    async (now) => {
      const { revoke, isRevoked, states, audit } = revoking(now)
      await expect(revoke({}, OTHER)).rejects.toMatchObject({ code: 'not_the_tokens_client' })
      expect(await isRevoked()).toBe(false)
      expect(states.events).toEqual([])
      const refused = { outcome: 'failure', reason: 'not_the_tokens_client', actor: OTHER, occurredAt: new Date(now) }
      expect(audit.events).toEqual([{ ...event, ...refused }])
    },
  )

  it('fails when the revocation cannot be kept', async () => {
    const { revoke, states } = revoking()
    const failure = new Unavailable('database')
    states.fail(failure)
    await expect(revoke()).rejects.toBe(failure)
  })

  it('fails when a refusal cannot be recorded, or the token cannot be read', async () => {
    const { revoke, audit, tokens } = revoking()
    const failure = new Unavailable('audit trail')
    audit.refuse(failure)
    await expect(revoke({}, OTHER)).rejects.toBe(failure)
    tokens.fail(failure)
    await expect(revoke()).rejects.toBe(failure)
  })
})
