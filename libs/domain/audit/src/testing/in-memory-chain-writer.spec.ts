import { chainWriterContract } from './chain-writer-contract.ts'
import { InMemoryChainWriter } from './in-memory-chain-writer.ts'

chainWriterContract('InMemoryChainWriter', async () => {
  const writer = new InMemoryChainWriter()
  return { writer, committed: async () => writer.events }
})
