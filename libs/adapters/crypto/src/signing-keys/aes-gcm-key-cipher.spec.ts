import { createDecipheriv } from 'node:crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { keyId } from '@ac/kernel'
import { keyCipherContract } from '@ac/key-rotation/testing'
import { AesGcmKeyCipher } from './aes-gcm-key-cipher.ts'

const masterKey = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const oldest = masterKey(1)
const old = masterKey(2)
const current = masterKey(3)
const kid = keyId('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
const plaintext = Uint8Array.from({ length: 48 }, (_, index) => index)

const rejected = (fault: string): object => ({ code: 'sealed_key_rejected', fault })

keyCipherContract('AesGcmKeyCipher', () => new AesGcmKeyCipher({ current, previous: [old] }))

describe('AesGcmKeyCipher', () => {
  const cipher = new AesGcmKeyCipher({ current, previous: [oldest, old] })
  let sealed: Uint8Array

  beforeAll(async () => {
    sealed = await cipher.seal(kid, plaintext)
  })

  it('is AES-256-GCM, with header, algorithm and key id as additional data', () => {
    const decipher = createDecipheriv('aes-256-gcm', current, sealed.subarray(10, 22), { authTagLength: 16 })
    decipher.setAAD(Buffer.concat([sealed.subarray(0, 10), Buffer.from(`EdDSA${kid}`)]))
    decipher.setAuthTag(sealed.subarray(-16))
    expect(Buffer.concat([decipher.update(sealed.subarray(22, -16)), decipher.final()]).equals(plaintext)).toBe(true)
  })

  it('refuses every single altered bit, saying that it is altered unless the header tells more', async () => {
    const faults = ['malformed', 'malformed', ...Array<string>(8).fill('unknown_master_key')]
    for (let at = 0; at < sealed.length; at++) {
      for (let bit = 1; bit < 256; bit <<= 1) {
        const altered = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ bit : byte))
        await expect(cipher.open(kid, altered)).rejects.toMatchObject(rejected(faults[at] ?? 'altered'))
      }
    }
  })

  it('refuses a tag of 4 to 15 bytes', async () => {
    for (let length = 4; length < 16; length++) {
      const truncated = sealed.subarray(0, sealed.length - 16 + length)
      await expect(cipher.open(kid, truncated)).rejects.toMatchObject(rejected('altered'))
    }
  })

  it('refuses a key moved to another id, however the ids overlap', async () => {
    for (const other of ['', kid.slice(0, -1), `${kid}A`, `EdDSA${kid}`, kid.toLowerCase()]) {
      await expect(cipher.open(keyId(other), sealed)).rejects.toMatchObject(rejected('altered'))
    }
  })

  it('keeps what OpenSSL said as the cause, apart from the public message', async () => {
    const opening = cipher.open(keyId('other'), sealed)
    await expect(opening).rejects.toMatchObject({
      message: 'a sealed signing key cannot be opened',
      cause: { name: 'Error' },
    })
  })

  it('opens what was sealed under a previous master key, and seals under the current one only', async () => {
    for (const previous of [oldest, old]) {
      const sealedBefore = await new AesGcmKeyCipher({ current: previous }).seal(kid, plaintext)
      expect(await cipher.open(kid, sealedBefore)).toEqual(plaintext)
    }
    expect(await new AesGcmKeyCipher({ current }).open(kid, sealed)).toEqual(plaintext)
  })

  it('refuses what was sealed under a master key that it does not have', async () => {
    const stranger = new AesGcmKeyCipher({ current: old, previous: [oldest] })
    await expect(stranger.open(kid, sealed)).rejects.toMatchObject(rejected('unknown_master_key'))
  })

  it('refuses what claims another of its master keys', async () => {
    const claimed = await new AesGcmKeyCipher({ current: old }).seal(kid, plaintext)
    const forged = Uint8Array.of(...claimed.subarray(0, 10), ...sealed.subarray(10))
    await expect(cipher.open(kid, forged)).rejects.toMatchObject(rejected('altered'))
  })

  it('calls current what was sealed under its current master key, and nothing else', async () => {
    const sealedBefore = await new AesGcmKeyCipher({ current: old }).seal(kid, plaintext)
    const sealedByStranger = await new AesGcmKeyCipher({ current: masterKey(9) }).seal(kid, plaintext)
    const judged = await Promise.all([sealed, sealedBefore, sealedByStranger].map((bytes) => cipher.isCurrent(bytes)))
    expect(judged).toEqual([true, false, false])
  })

  it('never seals under the same nonce twice', async () => {
    const many = await Promise.all(Array.from({ length: 1000 }, () => cipher.seal(kid, plaintext)))
    expect(new Set(many.map((one) => Buffer.from(one.subarray(10, 22)).toString('hex'))).size).toBe(1000)
  })

  it('refuses to seal nothing', async () => {
    await expect(cipher.seal(kid, new Uint8Array())).rejects.toThrow(RangeError)
  })

  it('opens into memory of its own, which the caller may overwrite', async () => {
    const opened = await cipher.open(kid, sealed)
    expect(opened.buffer.byteLength).toBe(plaintext.length)
    opened.fill(0)
    expect(await cipher.open(kid, sealed)).toEqual(plaintext)
  })

  it('keeps its master keys when those given are overwritten', async () => {
    const given = Uint8Array.from(current)
    const own = new AesGcmKeyCipher({ current: given })
    given.fill(0)
    expect(await own.open(kid, sealed)).toEqual(plaintext)
  })

  it('shows no key when it is printed', () => {
    expect(Object.keys(cipher)).toEqual([])
  })
})
