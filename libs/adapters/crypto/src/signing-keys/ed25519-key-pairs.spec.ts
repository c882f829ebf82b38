import { createPrivateKey, createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { keyId } from '@ac/kernel'
import type { PublicKey } from '@ac/key-rotation'
import { keyPairsContract } from '@ac/key-rotation/testing'
import { Ed25519KeyPairs, type SigningMode } from './ed25519-key-pairs.ts'
import { keyThumbprint } from './key-thumbprint.ts'

/** RFC 8037 appendices A.1 and A.4. */
const rfc8037 = {
  privateKey: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
  kid: keyId('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'),
  signed: 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc',
  signature: 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
}

const rfc8037Pkcs8 = (): Uint8Array =>
  Uint8Array.from(createPrivateKey({ key: rfc8037.privateKey, format: 'jwk' }).export({ type: 'pkcs8', format: 'der' }))

async function verify(publicKey: PublicKey, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const key = await webcrypto.subtle.importKey('jwk', { ...publicKey }, 'Ed25519', false, ['verify'])
  return webcrypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(data))
}

const rejected = (fault: string): object => expect.objectContaining({ code: 'sealed_key_rejected', fault })

describe.each<SigningMode>(['thread-pool', 'inline'])('Ed25519KeyPairs, %s', (mode) => {
  const pairs = new Ed25519KeyPairs({ mode })

  keyPairsContract('Ed25519KeyPairs', () => ({ pairs, verify }))

  it('signs as RFC 8037 appendix A.4', async () => {
    const signature = await pairs.signer(rfc8037.kid, rfc8037Pkcs8()).sign(Buffer.from(rfc8037.signed))
    expect(Buffer.from(signature).toString('base64url')).toBe(rfc8037.signature)
  })

  it('signs what was given at the time of the call, whatever becomes of those bytes', async () => {
    const data = Buffer.from(rfc8037.signed)
    const signing = pairs.signer(rfc8037.kid, rfc8037Pkcs8()).sign(data)
    data.fill(0)
    expect(Buffer.from(await signing).toString('base64url')).toBe(rfc8037.signature)
  })
})

describe('Ed25519KeyPairs', () => {
  const pairs = new Ed25519KeyPairs()

  it('names a new pair by its thumbprint', async () => {
    const { kid, publicKey } = await pairs.generate()
    expect(kid).toBe(keyThumbprint(publicKey))
  })

  it('generates a private key in memory that the caller may overwrite', async () => {
    const { privateKey } = await pairs.generate()
    expect(privateKey.buffer.byteLength).toBe(privateKey.length)
  })

  it('makes no signer under another kid than the thumbprint', async () => {
    const { kid } = await pairs.generate()
    expect(() => pairs.signer(kid, rfc8037Pkcs8())).toThrow(rejected('not_the_named_key'))
  })

  it.each([
    ['X25519', () => generateKeyPairSync('x25519')],
    ['Ed448', () => generateKeyPairSync('ed448')],
    ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ])(
    'makes no signer of an %s key, even under the kid that its public half would have as an Ed25519 key',
    (_, generate) => {
      const { privateKey, publicKey } = generate()
      const { x = '' } = publicKey.export({ format: 'jwk' })
      const kid = keyThumbprint({ kty: 'OKP', crv: 'Ed25519', x })
      const der = privateKey.export({ type: 'pkcs8', format: 'der' })
      expect(() => pairs.signer(kid, der)).toThrow(rejected('not_the_named_key'))
    },
  )

  it('makes no signer of bytes that are no private key', () => {
    const publicKey = createPublicKey({ key: rfc8037.privateKey, format: 'jwk' }).export({
      type: 'spki',
      format: 'der',
    })
    for (const bytes of [new Uint8Array(), new Uint8Array(48), rfc8037Pkcs8().subarray(0, 47), publicKey]) {
      expect(() => pairs.signer(rfc8037.kid, bytes)).toThrow(rejected('malformed'))
    }
  })
})
