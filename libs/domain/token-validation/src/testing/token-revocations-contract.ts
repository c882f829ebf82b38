import { describe, expect, it } from '@jest/globals'
import { clientId, keyId, tokenId, type AuditEvent, type ClientId } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import type { RevocableToken, TokenRevocations } from '../ports/token-revocations.ts'
import type { TokenStates } from '../ports/token-states.ts'

/** Revocations under test, of which none has happened yet, and what tells of them. */
export interface TokenRevocationsUnderTest {
  readonly revocations: TokenRevocations
  readonly states: TokenStates
  register(id: ClientId): Promise<void>
  /** The storage's clock. */
  now(): Promise<Date>
  /** The committed audit events that tell of revocations, oldest first. */
  events(): Promise<readonly AuditEvent[]>
}

const CLIENT = clientId('svc_0123456789ABCDEFabcdef')
const OTHER = clientId('svc_zzzzzzzzzzzzzzzzzzzzzz')

const token = (id = 'jti-1'): RevocableToken => ({
  id: tokenId(id),
  expiresAt: new Date('2100-01-01T00:00:00.000Z'),
})

const revoked = (target: string): AuditEvent =>
  auditEvent({ type: 'token.revoked', actor: CLIENT, target, occurredAt: new Date('2026-03-01T12:00:00.123Z') })
const revokedAll = (target?: string): AuditEvent =>
  auditEvent({ type: 'tokens.revoked', actor: 'acctl', target, reason: 'of_client' })

/** What every {@link TokenRevocations} promises. `create` makes an empty one, for each test. */
export function tokenRevocationsContract(name: string, create: () => Promise<TokenRevocationsUnderTest>): void {
  const createWithTwo = async () => {
    const under = await create()
    for (const id of [CLIENT, OTHER]) await under.register(id)
    const stateOf = (id: ClientId, jti = 'jti-1') =>
      under.states.read({ id: tokenId(jti), clientId: id, keyId: keyId('kid-1') })
    return { ...under, stateOf }
  }

  describe(`${name} keeps the TokenRevocations contract`, () => {
    it('revokes a token with its event, and no other token', async () => {
      const { revocations, stateOf, events } = await createWithTwo()
      expect(await revocations.revoke(token(), revoked('jti-1'))).toBe(true)
      expect(await stateOf(CLIENT)).toMatchObject({ revoked: true, notBefore: undefined })
      expect(await stateOf(CLIENT, 'jti-2')).toMatchObject({ revoked: false })
      expect(await events()).toEqual([revoked('jti-1')])
    })

    it('writes nothing more for a token that is revoked', async () => {
      const { revocations, stateOf, events } = await createWithTwo()
      const calls = [token(), { ...token(), expiresAt: new Date('2000-01-01T00:00:00.000Z') }, token()]
      const fresh: boolean[] = []
      for (const call of calls) fresh.push(await revocations.revoke(call, revoked('jti-1')))
      expect(fresh).toEqual([true, false, false])
      expect(await stateOf(CLIENT)).toMatchObject({ revoked: true })
      expect(await events()).toHaveLength(1)
    })

    it('lets exactly one of eight concurrent calls revoke a token', async () => {
      const { revocations, events } = await createWithTwo()
      const fresh = await Promise.all(Array.from({ length: 8 }, () => revocations.revoke(token(), revoked('jti-1'))))
      expect(fresh.filter(Boolean)).toHaveLength(1)
      expect(await events()).toHaveLength(1)
    })

    it('revokes many tokens at once', async () => {
      const { revocations, stateOf, events } = await createWithTwo()
      const ids = Array.from({ length: 30 }, (_, index) => `jti-${index}`)
      await Promise.all(ids.map((id) => revocations.revoke(token(id), revoked(id))))
      for (const id of ids) expect(await stateOf(CLIENT, id)).toMatchObject({ revoked: true })
      expect(new Set((await events()).map(({ target }) => target))).toEqual(new Set(ids))
    })

    it.each([
      ['of a client, and of no other', CLIENT],
      ['of everybody', undefined],
    ])('revokes what was issued up to the end of the second, %s', async (_, client) => {
      const { revocations, stateOf, events, now } = await createWithTwo()
      const before = await now()
      const event = revokedAll(client)
      const notBefore = await (client ? revocations.revokeAllOf(client, event) : revocations.revokeAll(event))
      const after = await now()
      expect(notBefore?.getMilliseconds()).toBe(0)
      expect(notBefore?.getTime()).toBeGreaterThan(before.getTime())
      expect(notBefore?.getTime()).toBeLessThanOrEqual(after.getTime() + 1000)
      expect(await stateOf(CLIENT)).toMatchObject({ revoked: false, notBefore })
      expect((await stateOf(OTHER)).notBefore).toEqual(client === undefined ? notBefore : undefined)
      expect(await events()).toEqual([event])
    })

    it('knows no client that is not registered, and writes nothing', async () => {
      const { revocations, events } = await createWithTwo()
      for (const id of ['svc_nobody', '', "' or '1'='1", 'a\0']) {
        expect(await revocations.revokeAllOf(clientId(id), revokedAll(id))).toBeUndefined()
      }
      expect(await events()).toEqual([])
    })

    it('keeps the latest of many moments, however the calls overlap', async () => {
      const { revocations, stateOf, events } = await createWithTwo()
      const calls = [1, 2, 3].flatMap(() => [
        revocations.revokeAllOf(CLIENT, revokedAll(CLIENT)),
        revocations.revokeAll(revokedAll()),
      ])
      const moments = (await Promise.all(calls)).map((moment) => moment?.getTime() ?? Number.NaN)
      expect((await stateOf(CLIENT)).notBefore?.getTime()).toBe(Math.max(...moments))
      expect(await events()).toHaveLength(calls.length)
    })
  })
}
