import { describe, expect, it } from '@jest/globals'
import { clientId, Overloaded, tokenId, Unavailable } from '@ac/kernel'
import { auditEvent, MovingClock } from '@ac/kernel/testing'
import { FakeSignedTokens } from './testing/fake-signed-tokens.ts'
import { InMemoryTokenStates } from './testing/in-memory-token-states.ts'
import { someClaims } from './testing/some-claims.ts'
import type { TokenRejectionReason } from './token-rejected.ts'
import { TokenVerifier } from './token-verifier.ts'

const ISSUER = 'https://ac.example'
const CLIENT = clientId('svc_0123456789ABCDEFabcdef')
const ID = tokenId('0123456789ABCDEFabcdeg')
const REVOCABLE = { id: ID, expiresAt: new Date('2026-01-01T01:00:00Z') }

/** A verifier half an hour into the life of the token that {@link someClaims} makes, whose client is registered. */
function verifying({ now = '2026-01-01T00:30:00.000Z', clockSkewSeconds = 300 } = {}) {
  const tokens = new FakeSignedTokens()
  const states = new InMemoryTokenStates()
  states.put(CLIENT)
  const clock = new MovingClock(now).now
  const verifier = new TokenVerifier({ tokens, states, clock, policy: { issuer: ISSUER, clockSkewSeconds } })
  const verify = (over: Readonly<Record<string, unknown>> = {}) => verifier.verify(tokens.sign(someClaims(over)))
  return { tokens, states, verifier, verify }
}

const rejectedAs = (reason: TokenRejectionReason) => expect.objectContaining({ code: 'token_rejected', reason })

describe('TokenVerifier', () => {
  it('tells what a valid token says', async () => {
    const { verify, tokens } = verifying()
    expect(await verify()).toMatchObject({
      id: ID,
      clientId: CLIENT,
      keyId: tokens.keyId,
      audience: 'urn:ac:platform',
      scopes: ['meetings.read', 'meetings.write'],
      issuedAt: new Date('2026-01-01T00:00:00Z'),
      expiresAt: new Date('2026-01-01T01:00:00Z'),
    })
  })

  it.each([
    ['one millisecond before it was issued, less the skew', '2025-12-31T23:54:59.999Z', 'issued_in_the_future'],
    ['the moment it was issued, less the skew', '2025-12-31T23:55:00.000Z', 'valid'],
    ['the moment it was issued', '2026-01-01T00:00:00.000Z', 'valid'],
    ['the moment it expires', '2026-01-01T01:00:00.000Z', 'valid'],
    ['one millisecond before it expires, with the skew', '2026-01-01T01:04:59.999Z', 'valid'],
    ['the moment it expires, with the skew', '2026-01-01T01:05:00.000Z', 'expired'],
    ['years later', '2036-01-01T00:00:00.000Z', 'expired'],
    ['years earlier', '2016-01-01T00:00:00.000Z', 'issued_in_the_future'],
  ] as const)('with a skew of 300 s, at %s (%s): %s', async (_, now, outcome) => {
    const verified = verifying({ now }).verify()
    if (outcome === 'valid') expect(await verified).toMatchObject({ id: ID })
    else await expect(verified).rejects.toEqual(rejectedAs(outcome))
  })

  it.each([
    [1, '2026-01-01T01:00:00.999Z', 'valid'],
    [1, '2026-01-01T01:00:01.000Z', 'expired'],
    [1, '2025-12-31T23:59:58.999Z', 'issued_in_the_future'],
    [1, '2025-12-31T23:59:59.000Z', 'valid'],
    [600, '2026-01-01T01:09:59.999Z', 'valid'],
    [600, '2026-01-01T01:10:00.000Z', 'expired'],
    [600, '2025-12-31T23:49:59.999Z', 'issued_in_the_future'],
    [600, '2025-12-31T23:50:00.000Z', 'valid'],
  ] as const)('with a skew of %i s, at %s: %s', async (clockSkewSeconds, now, outcome) => {
    const verified = verifying({ now, clockSkewSeconds }).verify()
    if (outcome === 'valid') expect(await verified).toMatchObject({ id: ID })
    else await expect(verified).rejects.toEqual(rejectedAs(outcome))
  })

  it.each([
    ['another issuer', 'https://other.example'],
    ['a slash at its end', `${ISSUER}/`],
    ['capital letters', ISSUER.toUpperCase()],
    ['a space at its end', `${ISSUER} `],
    ['what begins like it', `${ISSUER}.evil.example`],
  ])('rejects an issuer with %s', async (_, iss) => {
    await expect(verifying().verify({ iss })).rejects.toEqual(rejectedAs('wrong_issuer'))
  })

  it.each([
    ['a claim is missing', { exp: undefined }],
    ['a time is no whole number', { exp: 1_767_229_200.5 }],
    ['there are several audiences', { aud: ['urn:ac:platform'] }],
    ['the subject is not the client', { sub: 'svc_another' }],
  ])('rejects a token of which %s, whoever signed it', async (_, over) => {
    await expect(verifying().verify(over)).rejects.toEqual(rejectedAs('malformed'))
  })

  it.each<[string, (states: InMemoryTokenStates, tokens: FakeSignedTokens) => unknown, TokenRejectionReason]>([
    ['it is revoked', (states) => states.revoke(REVOCABLE, auditEvent()), 'revoked'],
    ['its client is disabled', (states) => states.put(CLIENT, { disabled: true }), 'disabled_client'],
    ['its client is deleted', (states) => states.remove(CLIENT), 'unknown_client'],
    ['its key is revoked', (states, { keyId }) => states.revokeKey(keyId), 'unknown_key'],
    ['its key is published no more', (_, tokens) => tokens.withdraw(), 'unknown_key'],
  ])('rejects a token from the moment at which %s', async (_, happen, reason) => {
    const { verifier, tokens, states } = verifying()
    const token = tokens.sign(someClaims())
    await verifier.verify(token)
    await happen(states, tokens)
    await expect(verifier.verify(token)).rejects.toEqual(rejectedAs(reason))
  })

  it('takes a token again when its client is enabled again', async () => {
    const { states, verify } = verifying()
    states.put(CLIENT, { disabled: true })
    await expect(verify()).rejects.toEqual(rejectedAs('disabled_client'))
    states.put(CLIENT)
    expect(await verify()).toMatchObject({ id: ID })
  })

  it.each([
    ['its client\u2019s', CLIENT],
    ['everybody\u2019s', undefined],
  ])('rejects what was issued before %s not-before, and takes what was issued in that second', async (_, client) => {
    const { states, verify } = verifying()
    states.setNotBefore(new Date('2026-01-01T00:00:01.000Z'), client)
    await expect(verify()).rejects.toEqual(rejectedAs('revoked'))
    expect(await verify({ iat: 1_767_225_601 })).toMatchObject({ id: ID })
  })

  it('is not concerned by the not-before of another client', async () => {
    const { states, verify } = verifying()
    const other = clientId('svc_another')
    states.put(other)
    states.setNotBefore(new Date('2026-02-01T00:00:00.000Z'), other)
    expect(await verify()).toMatchObject({ id: ID })
  })

  it.each([new Unavailable('database'), new Overloaded('token states')])(
    'says nothing of a token when %s',
    async (failure) => {
      const { states, verify } = verifying()
      states.fail(failure)
      await expect(verify()).rejects.toBe(failure)
    },
  )

  it('asks nothing of the storage for what no key of ours signed, or what is wrong by itself', async () => {
    const { states, verifier, verify } = verifying()
    states.fail(new Unavailable('database'))
    await expect(verifier.verify('a.b.c')).rejects.toEqual(rejectedAs('malformed'))
    await expect(verify({ iss: 'https://other.example' })).rejects.toEqual(rejectedAs('wrong_issuer'))
    await expect(verify({ exp: 1_767_225_601 })).rejects.toEqual(rejectedAs('expired'))
  })

  it('names a rejected token only where one of our keys signed it', async () => {
    const { states, verify, verifier } = verifying()
    await states.revoke(REVOCABLE, auditEvent())
    await expect(verify()).rejects.toMatchObject({ token: { id: ID, clientId: CLIENT } })
    await expect(verifier.verify(`a.b.${'0'.repeat(86)}`)).rejects.toMatchObject({ token: undefined })
  })

  it('tells every caller the same, whatever the reason', async () => {
    const { states, verify, verifier } = verifying()
    await states.revoke(REVOCABLE, auditEvent())
    const rejections = [verify(), verify({ iss: 'x' }), verifier.verify(''), verifier.verify('a.b.c')]
    const told = await Promise.all(rejections.map((rejection) => rejection.catch(String)))
    expect(new Set(told).size).toBe(1)
  })
})
