import { describe, expect, it } from '@jest/globals'
import { keyId } from '@ac/kernel'
import type { KeyPairs } from '../ports/key-pairs.ts'
import { SealedKeyRejected } from '../sealed-key-rejected.ts'
import type { PublicKey } from '../signing-key.ts'

/** Key pairs under test, with a verifier of another make. */
export interface KeyPairsUnderTest {
  readonly pairs: KeyPairs
  verify(publicKey: PublicKey, data: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/** The header of X25519 keys in PKCS#8 (RFC 8410 section 7): well formed, and no key to sign with. */
const X25519 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20]

const DATA = Uint8Array.of(1, 2, 3)

/** What all {@link KeyPairs} promise. */
export function keyPairsContract(name: string, create: () => KeyPairsUnderTest): void {
  describe(`${name} keeps the KeyPairs contract`, () => {
    it('makes no key twice, and no kid', async () => {
      const { pairs } = create()
      const made = await Promise.all(Array.from({ length: 20 }, () => pairs.generate()))
      expect(new Set(made.map(({ kid }) => kid)).size).toBe(20)
      expect(new Set(made.map(({ publicKey }) => publicKey.x)).size).toBe(20)
      expect(new Set(made.map(({ privateKey }) => privateKey.join())).size).toBe(20)
    })

    it('gives the public half, all of it and nothing more, and a kid as long as a SHA-256 thumbprint', async () => {
      const { kid, publicKey } = await create().pairs.generate()
      expect(publicKey).toStrictEqual({ kty: 'OKP', crv: 'Ed25519', x: expect.stringMatching(/^[\w-]{43}$/) })
      expect(kid).toMatch(/^[\w-]{43}$/)
    })

    it('signs so that the public half verifies it, and no other does', async () => {
      const { pairs, verify } = create()
      const [one, other] = [await pairs.generate(), await pairs.generate()]
      const signer = pairs.signer(one.kid, one.privateKey)
      const signature = await signer.sign(DATA)
      expect([signer.kid, signature.length]).toEqual([one.kid, 64])
      expect(await verify(one.publicKey, DATA, signature)).toBe(true)
      expect(await verify(other.publicKey, DATA, signature)).toBe(false)
      expect(await verify(one.publicKey, Uint8Array.of(1, 2, 4), signature)).toBe(false)
      expect(
        await verify(
          one.publicKey,
          DATA,
          signature.map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
        ),
      ).toBe(false)
    })

    it('signs anything, nothing and much included, also at once', async () => {
      const { pairs, verify } = create()
      const { kid, publicKey, privateKey } = await pairs.generate()
      const signer = pairs.signer(kid, privateKey)
      const texts = [0, 1, 64, 5000].map((length) => new Uint8Array(length).fill(0x5a))
      const signatures = await Promise.all(texts.map((text) => signer.sign(text)))
      const verified = texts.map((text, index) => verify(publicKey, text, signatures[index] ?? new Uint8Array()))
      expect(await Promise.all(verified)).toEqual([true, true, true, true])
    })

    it('needs the private key no more once the signer is made', async () => {
      const { pairs, verify } = create()
      const { kid, publicKey, privateKey } = await pairs.generate()
      const signer = pairs.signer(kid, privateKey)
      privateKey.fill(0)
      expect(await verify(publicKey, DATA, await signer.sign(DATA))).toBe(true)
    })

    it('leaves the private key as it was', async () => {
      const { pairs } = create()
      const { kid, privateKey } = await pairs.generate()
      const before = [...privateKey]
      pairs.signer(kid, privateKey)
      expect([...privateKey]).toEqual(before)
    })

    it('refuses a private key that is not the one that the kid names', async () => {
      const { pairs } = create()
      const [one, other] = [await pairs.generate(), await pairs.generate()]
      const fault = { code: 'sealed_key_rejected', fault: 'not_the_named_key' }
      for (const kid of [other.kid, keyId(''), keyId(`${one.kid} `)]) {
        expect(() => pairs.signer(kid, one.privateKey)).toThrow(expect.objectContaining(fault))
      }
    })

    it('refuses what is no private key', async () => {
      const { pairs } = create()
      const { kid, privateKey } = await pairs.generate()
      const garbage = [
        new Uint8Array(),
        new Uint8Array(48),
        new Uint8Array(8192).fill(0x30),
        Uint8Array.of(...X25519, ...privateKey.slice(-32)),
        privateKey.slice(1),
        privateKey.slice(0, -1),
        Uint8Array.from('-----BEGIN PRIVATE KEY-----', (letter) => letter.charCodeAt(0)),
      ]
      for (const bytes of garbage) expect(() => pairs.signer(kid, bytes)).toThrow(SealedKeyRejected)
    })
  })
}
