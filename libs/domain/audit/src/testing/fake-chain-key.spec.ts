import { chainKeyContract } from './chain-key-contract.ts'
import { FakeChainKey } from './fake-chain-key.ts'

chainKeyContract('FakeChainKey', (root) => new FakeChainKey(root === 'one' ? 'fa4e00000001' : 'fa4e00000002'))
