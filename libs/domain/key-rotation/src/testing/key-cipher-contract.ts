import { describe, expect, it } from '@jest/globals'
import { keyId } from '@ac/kernel'
import type { KeyCipher } from '../ports/key-cipher.ts'
import { SealedKeyRejected } from '../sealed-key-rejected.ts'

const ID = keyId('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg')
const OTHER_ID = keyId('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefh')

/** As long as the PKCS#8 form of an Ed25519 key, if not told otherwise. */
const plaintext = (length = 48): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 37 + 11) & 0xff)

/** What every {@link KeyCipher} promises. `create` makes one that has a key to seal with. */
export function keyCipherContract(name: string, create: () => KeyCipher): void {
  describe(`${name} keeps the KeyCipher contract`, () => {
    it.each([1, 48, 8192])('opens what it sealed: %i bytes', async (length) => {
      const cipher = create()
      const opened = await cipher.open(ID, await cipher.seal(ID, plaintext(length)))
      expect([...opened]).toEqual([...plaintext(length)])
    })

    it('refuses to seal more than 8192 bytes', async () => {
      const cipher = create()
      await expect(async () => cipher.seal(ID, plaintext(8193))).rejects.toThrow(RangeError)
    })

    it('refuses a sealed key moved to another id', async () => {
      const cipher = create()
      const sealed = await cipher.seal(ID, plaintext())
      for (const id of [OTHER_ID, keyId(''), keyId(ID.toLowerCase()), keyId(`${ID} `)]) {
        await expect(cipher.open(id, sealed)).rejects.toThrow(SealedKeyRejected)
      }
    })

    it('refuses every single altered byte', async () => {
      const cipher = create()
      const sealed = await cipher.seal(ID, plaintext())
      for (let at = 0; at < sealed.length; at++) {
        for (const mask of [0x01, 0x80, 0xff]) {
          const altered = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ mask : byte))
          await expect(cipher.open(ID, altered)).rejects.toThrow(SealedKeyRejected)
        }
      }
    })

    it('refuses what is cut short, wherever, and what is longer', async () => {
      const cipher = create()
      const sealed = await cipher.seal(ID, plaintext())
      for (let length = 0; length < sealed.length; length++) {
        await expect(cipher.open(ID, sealed.slice(0, length))).rejects.toThrow(SealedKeyRejected)
        await expect(cipher.open(ID, sealed.slice(sealed.length - length))).rejects.toThrow(SealedKeyRejected)
      }
      await expect(cipher.open(ID, Uint8Array.of(...sealed, 0))).rejects.toThrow(SealedKeyRejected)
      await expect(cipher.open(ID, Uint8Array.of(...sealed, ...sealed))).rejects.toThrow(SealedKeyRejected)
    })

    it('refuses bytes that were never sealed', async () => {
      const cipher = create()
      for (const bytes of [new Uint8Array(200), new Uint8Array(200).fill(0xff), plaintext(), plaintext(8192)]) {
        await expect(cipher.open(ID, bytes)).rejects.toThrow(SealedKeyRejected)
      }
    })

    it('never seals twice alike', async () => {
      const cipher = create()
      const sealed = await Promise.all(Array.from({ length: 100 }, () => cipher.seal(ID, plaintext())))
      expect(new Set(sealed.map((bytes) => bytes.join())).size).toBe(100)
    })

    it('shows nothing of the plaintext', async () => {
      const sealed = (await create().seal(ID, plaintext())).join()
      for (let at = 0; at + 4 <= 48; at++)
        expect(sealed).not.toContain(
          plaintext()
            .slice(at, at + 4)
            .join(),
        )
    })

    it('calls what it seals current, and nothing that it could not have sealed', async () => {
      const cipher = create()
      expect(await cipher.isCurrent(await cipher.seal(ID, plaintext()))).toBe(true)
      for (const bytes of [new Uint8Array(), new Uint8Array(200), plaintext()]) {
        await expect(cipher.isCurrent(bytes)).rejects.toThrow(SealedKeyRejected)
      }
    })

    it('leaves the bytes of its caller alone, and keeps none of them', async () => {
      const cipher = create()
      const secret = plaintext()
      const sealed = await cipher.seal(ID, secret)
      expect([...secret]).toEqual([...plaintext()])
      secret.fill(0)
      const [copy, opened] = [Uint8Array.from(sealed), await cipher.open(ID, sealed)]
      expect([...sealed]).toEqual([...copy])
      opened.fill(0)
      expect([...(await cipher.open(ID, sealed))]).toEqual([...plaintext()])
    })

    it('keeps concurrent calls apart', async () => {
      const cipher = create()
      const lengths = Array.from({ length: 32 }, (_, index) => index + 1)
      const sealed = await Promise.all(lengths.map((length) => cipher.seal(keyId(`${ID}${length}`), plaintext(length))))
      const opened = await Promise.all(sealed.map((bytes, index) => cipher.open(keyId(`${ID}${index + 1}`), bytes)))
      expect(opened.map((bytes) => [...bytes])).toEqual(lengths.map((length) => [...plaintext(length)]))
    })
  })
}
