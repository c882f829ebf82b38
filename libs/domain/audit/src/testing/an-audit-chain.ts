import { AuditChain, type AuditChainDeps } from '../chain/audit-chain.ts'
import { FakeChainKey } from './fake-chain-key.ts'

/** A chain of its own, sealed by the fake key. */
export const anAuditChain = (over: Partial<AuditChainDeps> = {}): AuditChain =>
  new AuditChain({
    key: new FakeChainKey(),
    randomBytes: (length) => Uint8Array.from({ length }, () => Math.random() * 256),
    clock: () => new Date(),
    ...over,
  })
