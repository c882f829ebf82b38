import { FakeSignedTokens } from './fake-signed-tokens.ts'
import { signedTokenReaderContract } from './signed-token-reader-contract.ts'

signedTokenReaderContract('FakeSignedTokens', async () => {
  const reader = new FakeSignedTokens()
  return {
    reader,
    keyId: reader.keyId,
    sign: async (claims) => reader.sign(claims),
    withdraw: () => reader.withdraw(),
  }
})
