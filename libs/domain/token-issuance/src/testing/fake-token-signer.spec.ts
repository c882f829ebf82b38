import { describe, expect, it } from '@jest/globals'
import { SigningKeyUnavailable } from '../signing-key-unavailable.ts'
import { FakeTokenSigner } from './fake-token-signer.ts'
import { tokenSignerContract } from './token-signer-contract.ts'

tokenSignerContract('FakeTokenSigner', async () => {
  const signer = new FakeTokenSigner()
  return { signer, publicKey: signer.publicKey, kid: signer.kid, verify: (jwt) => signer.verify(jwt) }
})

describe('FakeTokenSigner', () => {
  it('signs nothing while it is told to fail', async () => {
    const signer = new FakeTokenSigner()
    signer.fail(new SigningKeyUnavailable())
    await expect(signer.sign({} as never)).rejects.toThrow(SigningKeyUnavailable)
    expect(signer.signed).toEqual([])
  })
})
