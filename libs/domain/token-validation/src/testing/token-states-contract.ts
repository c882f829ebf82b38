import { describe, expect, it } from '@jest/globals'
import { clientId, keyId, tokenId, type ClientId, type KeyId, type TokenId } from '@ac/kernel'
import type { TokenReference, TokenStates } from '../ports/token-states.ts'

/** States under test, of which nothing has happened yet, and what happens. Each has taken effect when it resolves. */
export interface TokenStatesUnderTest {
  readonly states: TokenStates
  register(id: ClientId): Promise<void>
  setDisabled(id: ClientId, disabled: boolean): Promise<void>
  remove(id: ClientId): Promise<void>
  revoke(id: TokenId): Promise<void>
  revokeKey(id: KeyId): Promise<void>
  /** @param moment a whole second */
  setNotBefore(moment: Date, id?: ClientId): Promise<void>
}

const numbered = (number: number): TokenReference => ({
  id: tokenId(`jti-${number}`),
  clientId: clientId(`svc_${String(number).padStart(22, '0')}`),
  keyId: keyId(`kid-${number}`),
})

const ONE = numbered(1)
const GOOD = { revoked: false, keyRevoked: false, client: { disabled: false }, notBefore: undefined }
const ODD_IDS = ['', "'", "' or 1=1 --", '"', '\\', '{a,b}', 'null', '\0', 'a\0', '\ud800', '\u{1f3a5}']

const [EARLY, LATE] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2026-01-01T00:00:01.000Z')]

/** What every {@link TokenStates} promises. `create` makes an empty one for each test. */
export function tokenStatesContract(name: string, create: () => Promise<TokenStatesUnderTest>): void {
  const createWithOne = async () => {
    const under = await create()
    await under.register(ONE.clientId)
    return under
  }

  describe(`${name} keeps the TokenStates contract`, () => {
    it('has nothing against a token of a client that is registered', async () => {
      const { states } = await createWithOne()
      expect(await states.read(ONE)).toEqual(GOOD)
    })

    it('knows no client that is not registered, or no more', async () => {
      const { states, remove } = await createWithOne()
      expect(await states.read(numbered(2))).toEqual({ ...GOOD, client: undefined })
      await remove(ONE.clientId)
      expect(await states.read(ONE)).toEqual({ ...GOOD, client: undefined })
    })

    it('knows at once that a client was disabled, and enabled again', async () => {
      const { states, setDisabled } = await createWithOne()
      for (const disabled of [true, false]) {
        await setDisabled(ONE.clientId, disabled)
        expect(await states.read(ONE)).toEqual({ ...GOOD, client: { disabled } })
      }
    })

    it('knows a revoked token, and holds nothing against others of its client', async () => {
      const { states, revoke } = await createWithOne()
      await revoke(ONE.id)
      expect(await states.read(ONE)).toEqual({ ...GOOD, revoked: true })
      expect(await states.read({ ...ONE, id: tokenId('jti-10') })).toEqual(GOOD)
      expect(await states.read({ ...ONE, id: tokenId('JTI-1') })).toEqual(GOOD)
    })

    it('knows a revoked key, and holds nothing against others', async () => {
      const { states, revokeKey } = await createWithOne()
      await revokeKey(ONE.keyId)
      expect(await states.read(ONE)).toEqual({ ...GOOD, keyRevoked: true })
      expect(await states.read({ ...ONE, keyId: keyId('kid-2') })).toEqual(GOOD)
    })

    it('knows the moment before which a client\u2019s tokens are revoked, and holds it against no other client', async () => {
      const { states, register, setNotBefore } = await createWithOne()
      await register(numbered(2).clientId)
      await setNotBefore(EARLY, ONE.clientId)
      expect(await states.read(ONE)).toEqual({ ...GOOD, notBefore: EARLY })
      expect(await states.read(numbered(2))).toEqual(GOOD)
    })

    it.each([
      ['the client\u2019s', LATE, EARLY],
      ['everybody\u2019s', EARLY, LATE],
    ])('gives the later of two such moments when that is %s', async (_, ofClient, ofAll) => {
      const { states, register, setNotBefore } = await createWithOne()
      await register(numbered(2).clientId)
      await setNotBefore(ofAll)
      await setNotBefore(ofClient, ONE.clientId)
      expect(await states.read(ONE)).toEqual({ ...GOOD, notBefore: LATE })
      expect(await states.read(numbered(2))).toEqual({ ...GOOD, notBefore: ofAll })
    })

    it('gives each of 200 concurrent calls the answer to its own question', async () => {
      const { states, register, revoke, revokeKey, setNotBefore } = await create()
      const all = Array.from({ length: 40 }, (_, number) => numbered(number))
      for (const [number, { id, clientId: client, keyId: key }] of all.entries()) {
        if (number % 2 === 0) await register(client)
        if (number % 3 === 0) await revoke(id)
        if (number % 5 === 0) await revokeKey(key)
        if (number % 14 === 0) await setNotBefore(EARLY, client)
      }
      const asked = Array.from({ length: 200 }, (_, index) => (index * 7) % 40)
      const read = await Promise.all(asked.map((number) => states.read(numbered(number))))
      const expected = asked.map((number) => ({
        revoked: number % 3 === 0,
        keyRevoked: number % 5 === 0,
        client: number % 2 === 0 ? { disabled: false } : undefined,
        notBefore: number % 14 === 0 ? EARLY : undefined,
      }))
      expect(read).toEqual(expected)
    })

    it('sees what was committed before the call, even while earlier calls are under way', async () => {
      const { states, revoke } = await createWithOne()
      const early = Array.from({ length: 50 }, () => states.read(ONE))
      await revoke(ONE.id)
      const late = Array.from({ length: 50 }, () => states.read(ONE))
      for (const state of await Promise.all(late)) expect(state).toEqual({ ...GOOD, revoked: true })
      for (const state of await Promise.all(early)) expect(state).toMatchObject({ client: { disabled: false } })
    })

    it('holds nothing against odd ids, and lets them spoil no other answer', async () => {
      const { states } = await createWithOne()
      const odd = ODD_IDS.flatMap((text) => [
        { ...ONE, id: tokenId(text) },
        { ...ONE, clientId: clientId(text) },
        { ...ONE, keyId: keyId(text) },
      ])
      const read = await Promise.all(odd.flatMap((token) => [states.read(token), states.read(ONE)]))
      const expected = odd.map(({ clientId: id }) => (id === ONE.clientId ? GOOD : { ...GOOD, client: undefined }))
      expect(read).toEqual(expected.flatMap((state) => [state, GOOD]))
    })
  })
}
