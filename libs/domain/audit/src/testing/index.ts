export { anAuditChain } from './an-audit-chain.ts'
export { anEventArbitrary } from './audit-event-arbitrary.ts'
export { chainKeyContract } from './chain-key-contract.ts'
export { FakeChainKey } from './fake-chain-key.ts'
