import { describe, expect, it } from '@jest/globals'
import { calculateJwkThumbprint } from 'jose'
import { Ed25519KeyPairs } from './ed25519-key-pairs.ts'
import { keyThumbprint } from './key-thumbprint.ts'

describe('keyThumbprint', () => {
  it('is that of RFC 8037 appendix A.3', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
    expect(keyThumbprint({ kty: 'OKP', crv: 'Ed25519', x })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  it('counts only the members that RFC 8037 names, in their order', async () => {
    const { publicKey } = await new Ed25519KeyPairs().generate()
    const stored = { use: 'sig', x: publicKey.x, kty: publicKey.kty, alg: 'EdDSA', crv: publicKey.crv } as const
    expect(keyThumbprint(stored)).toBe(await calculateJwkThumbprint(publicKey))
  })
})
