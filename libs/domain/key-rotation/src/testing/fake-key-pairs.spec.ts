import { FakeKeyPairs } from './fake-key-pairs.ts'
import { keyPairsContract } from './key-pairs-contract.ts'

keyPairsContract('FakeKeyPairs', () => {
  const pairs = new FakeKeyPairs()
  return { pairs, verify: (publicKey, data, signature) => pairs.verify(publicKey, data, signature) }
})
