import { chainEndsContract } from './chain-ends-contract.ts'
import { InMemoryChainEnds } from './in-memory-chain-ends.ts'

chainEndsContract('InMemoryChainEnds', async (rows) => new InMemoryChainEnds(rows))
