import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { secretMacMakerContract } from '@ac/client-validation/testing'
import { clientId, Secret } from '@ac/kernel'
import fc from 'fast-check'
import { deriveKey } from './derive-key.ts'
import { HmacSecretMacMaker } from './hmac-secret-mac-maker.ts'

const roots = { one: new Uint8Array(32).fill(1), other: new Uint8Array(32).fill(2) }

secretMacMakerContract('HmacSecretMacMaker', (seed) => new HmacSecretMacMaker(roots[seed]))

describe('HmacSecretMacMaker', () => {
  const macs = new HmacSecretMacMaker(roots.one)
  const key = deriveKey(roots.one, 'client-secret-mac')

  it('is HMAC-SHA-256 of the length of the client id, the client id and the secret', () => {
    const expected = createHmac('sha256', key).update('5:svc_asecret').digest('hex')
    expect(Buffer.from(macs.make(clientId('svc_a'), new Secret('secret')).mac).toString('hex')).toBe(expected)
  })

  it('names its key by the first 16 digits of the SHA-256 of the derived key', () => {
    expect(macs.keyId).toBe(createHash('sha256').update(key).digest('hex').slice(0, 16))
  })

  it('keeps working after the configured secret was overwritten', () => {
    const root = Uint8Array.from(roots.one)
    const other = new HmacSecretMacMaker(root)
    root.fill(0)
    const [client, secret] = [clientId('svc_a'), new Secret('secret')]
    expect(other.same(other.make(client, secret), macs.make(client, secret))).toBe(true)
  })

  it('tells any two divisions of one text into client id and secret apart', () => {
    const text = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('1', '2', ':', 'a', 'ä', '€', '😀') })
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(60), (whole, one, other) => {
        const [first, second] = [one % (whole.length + 1), other % (whole.length + 1)]
        fc.pre(first !== second)
        const madeOf = (at: number) => macs.make(clientId(whole.slice(0, at)), new Secret(whole.slice(at)))
        expect(macs.same(madeOf(first), madeOf(second))).toBe(false)
      }),
    )
  })

  it('refuses a secret of less than 32 bytes', () => {
    expect(() => new HmacSecretMacMaker(new Uint8Array(31))).toThrow(RangeError)
  })
})
