import { describe, expect, it } from '@jest/globals'
import { clientId, tokenId } from '@ac/kernel'
import type { AccessTokenClaims } from '../access-token-claims.ts'
import type { TokenSigner } from '../ports/token-signer.ts'
import { base64url } from './base64url.ts'

/** A signer under test, with the key that is active in it and a verifier of another make. */
export interface TokenSignerUnderTest {
  readonly signer: TokenSigner
  /** What is published of the active key. */
  readonly publicKey: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  readonly kid: string
  /** Checks the signature of `jwt` under `publicKey`, and that alone; rejects when it does not verify. */
  verify(jwt: string): Promise<{ header: unknown; claims: unknown }>
}

const claims = (over: Partial<AccessTokenClaims> = {}): AccessTokenClaims => ({
  iss: 'https://ac.example',
  sub: clientId('svc_0123456789ABCDEFabcdef'),
  client_id: clientId('svc_0123456789ABCDEFabcdef'),
  aud: 'urn:ac:platform',
  iat: 1_767_225_600,
  exp: 1_767_229_200,
  jti: tokenId('0123456789ABCDEFabcdef'),
  scope: 'meetings.read meetings.write',
  ...over,
})

/** What every {@link TokenSigner} promises. `create` makes one that has an active key. */
export function tokenSignerContract(name: string, create: () => Promise<TokenSignerUnderTest>): void {
  describe(`${name} keeps the TokenSigner contract`, () => {
    it('makes a JWS in compact form with an Ed25519 signature', async () => {
      const { signer, publicKey } = await create()
      expect(await signer.sign(claims())).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}$/)
      expect(publicKey).toMatchObject({ kty: 'OKP', crv: 'Ed25519', x: expect.stringMatching(/^[\w-]{43}$/) })
    })

    it('names the active key, the algorithm and the type in the header, and nothing else', async () => {
      const { signer, verify, kid } = await create()
      const { header } = await verify(await signer.sign(claims()))
      expect(header).toStrictEqual({ alg: 'EdDSA', typ: 'at+jwt', kid })
    })

    it('signs exactly the claims that it is given', async () => {
      const { signer, verify } = await create()
      const all = claims({ service_type: 'media-handler', region: 'eu-central-1' })
      for (const given of [all, claims()]) {
        expect((await verify(await signer.sign(given))).claims).toStrictEqual({ ...given })
      }
    })

    it('signs claims in any script', async () => {
      const { signer, verify } = await create()
      const given = claims({ aud: 'https://\u4f1a\u8b70.example/\u{1f3a5}?"\\\u00fc' })
      expect((await verify(await signer.sign(given))).claims).toStrictEqual({ ...given })
    })

    it('gives each of 50 concurrent calls its own token', async () => {
      const { signer, verify } = await create()
      const given = Array.from({ length: 50 }, (_, index) => claims({ jti: tokenId(`jti-${index}`) }))
      const tokens = await Promise.all(given.map((each) => signer.sign(each)))
      const verified = await Promise.all(tokens.map((token) => verify(token)))
      expect(verified.map((each) => each.claims)).toStrictEqual(given.map((each) => ({ ...each })))
    })

    it('makes signatures that hold for one header and one set of claims', async () => {
      const { signer, verify, kid } = await create()
      const [one, other] = [await signer.sign(claims()), await signer.sign(claims({ scope: 'admin:services' }))]
      const [header = '', payload = '', signature = ''] = one.split('.')
      const [, otherPayload = '', otherSignature = ''] = other.split('.')
      const altered = [
        [header, otherPayload, signature],
        [header, payload, otherSignature],
        [header, base64url(JSON.stringify(claims({ exp: 4_102_444_800 }))), signature],
        [base64url(JSON.stringify({ alg: 'EdDSA', typ: 'JWT', kid })), payload, signature],
        [header, payload, ''],
      ]
      await expect(verify(one)).resolves.toBeDefined()
      for (const parts of altered) await expect(verify(parts.join('.'))).rejects.toThrow()
    })
  })
}
