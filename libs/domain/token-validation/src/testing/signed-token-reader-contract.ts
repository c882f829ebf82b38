import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { KeyId } from '@ac/kernel'
import type { SignedTokenReader } from '../ports/signed-token-reader.ts'
import { someClaims } from './some-claims.ts'

/** A reader under test, with the key that it trusts. */
export interface SignedTokenReaderUnderTest {
  readonly reader: SignedTokenReader
  readonly keyId: KeyId
  /** A token that says `claims`, signed with that key. */
  sign(claims: unknown): Promise<string>
  /** Has the key published no more. */
  withdraw(): void
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Whatever a lenient decoder of base64url may pass over or take for one of its characters. */
const ODD_CHARACTERS = [...'=+/ .,~%\0\r\n\t\u00a0\u200b\u0410', '\ud83d\ude00', '']

const rejection = expect.objectContaining({ code: 'token_rejected' })

/** What every {@link SignedTokenReader} promises. `create` makes one whose key is published, for each test. */
export function signedTokenReaderContract(name: string, create: () => Promise<SignedTokenReaderUnderTest>): void {
  describe(`${name} keeps the SignedTokenReader contract`, () => {
    it.each([
      ['ordinary claims', someClaims()],
      ['claims in any script', someClaims({ aud: 'https://\u4f1a\u8b70.example/\u{1f3a5}?"\\\u00fc' })],
      ['no claims at all', {}],
      ['what is no object', [1, 'two', null, { three: [4.5] }]],
    ])('gives what was signed: %s', async (_, claims) => {
      const { reader, keyId, sign } = await create()
      expect(await reader.read(await sign(claims))).toStrictEqual({ keyId, claims })
    })

    it('reads the same token again, and many at once', async () => {
      const { reader, sign } = await create()
      const tokens = await Promise.all(
        Array.from({ length: 20 }, (_, index) => sign(someClaims({ jti: `jti-${index}` }))),
      )
      const read = await Promise.all([...tokens, ...tokens].map((token) => reader.read(token)))
      const expected = tokens.map((_, index) => someClaims({ jti: `jti-${index}` }))
      expect(read.map(({ claims }) => claims)).toStrictEqual([...expected, ...expected])
    })

    it('rejects a token when any single character of it is another, is missing or is doubled', async () => {
      const { reader, sign } = await create()
      const token = await sign(someClaims())
      await reader.read(token)
      const place = fc.nat({ max: token.length - 1 })
      const character = fc.constantFrom(...ALPHABET, ...ODD_CHARACTERS)
      await fc.assert(
        fc.asyncProperty(place, character, fc.boolean(), async (at, instead, inserted) => {
          const altered = token.slice(0, at) + instead + token.slice(inserted ? at : at + 1)
          fc.pre(altered !== token)
          await expect(reader.read(altered)).rejects.toEqual(rejection)
        }),
        { numRuns: 1000 },
      )
    })

    it('rejects every other last character of each part, which would spell the same bytes to a lenient decoder', async () => {
      const { reader, sign } = await create()
      for (const padded of ['', '1', '22']) {
        const token = await sign(someClaims({ padded }))
        const ends = [token.indexOf('.'), token.lastIndexOf('.'), token.length].map((end) => end - 1)
        for (const end of ends) {
          for (const instead of ALPHABET.replace(token.charAt(end), '')) {
            const altered = token.slice(0, end) + instead + token.slice(end + 1)
            await expect(reader.read(altered)).rejects.toEqual(rejection)
          }
        }
      }
    })

    it('rejects a token with anything around it, and whatever is none', async () => {
      const { reader, sign } = await create()
      const token = await sign(someClaims())
      const [header = '', payload = '', signature = ''] = token.split('.')
      const around = [`${token}=`, `${token}.`, `.${token}`, `${token}\n`, ` ${token}`, `${token}\0`, `"${token}"`]
      const partly = [
        `${header}.${payload}`,
        `${header}.${payload}.`,
        `.${payload}.${signature}`,
        `${header}..${signature}`,
      ]
      const more = [`${token}.${signature}`, `${header}.${payload}.${signature}${signature}`, `Bearer ${token}`]
      const none = ['', '.', '..', '...', 'a.b.c', '\0', '\ud800', '[object Object]', token.toUpperCase()]
      const huge = ['x'.repeat(100_000), '.'.repeat(100_000), `${header}.${'A'.repeat(1_000_000)}.${signature}`]
      for (const other of [around, partly, more, none, huge].flat())
        await expect(reader.read(other)).rejects.toEqual(rejection)
    })

    it('rejects the parts of two tokens put together', async () => {
      const { reader, sign } = await create()
      const [one, other] = [await sign(someClaims()), await sign(someClaims({ scope: 'admin:services' }))]
      const [header = '', , signature = ''] = one.split('.')
      const [, otherPayload = '', otherSignature = ''] = other.split('.')
      for (const mixed of [`${header}.${otherPayload}.${signature}`, one.replace(signature, otherSignature)]) {
        await expect(reader.read(mixed)).rejects.toEqual(rejection)
      }
    })

    it('rejects what it has read before, from the moment at which its key is published no more', async () => {
      const { reader, sign, withdraw } = await create()
      const token = await sign(someClaims())
      await reader.read(token)
      withdraw()
      await expect(reader.read(token)).rejects.toMatchObject({ code: 'token_rejected', reason: 'unknown_key' })
    })
  })
}
