export { AuditWriteFailed } from './audit-write-failed.ts'
export { AuditChain, type AuditChainDeps, type LinkedEvents } from './chain/audit-chain.ts'
export { formatPosition, parsePosition, type ChainPosition } from './chain/chain-position.ts'
export { NO_HASH, positionOf, type ChainedEvent } from './chain/chained-event.ts'
export { encodeEvent, sealEvent, type ChainPlace } from './chain/seal-event.ts'
export { keyIdOf, newWriterId, parseWriterId, type WriterId } from './chain/writer-id.ts'
export { formatPlace, parsePlace } from './listing/audit-event-place.ts'
export { representAuditEvent, type AuditEventRepresentation } from './listing/audit-event-representation.ts'
export { parseTimestamp } from './listing/parse-timestamp.ts'
export type { AuditEventFilter, AuditEventPlace, AuditEventReader } from './ports/audit-event-reader.ts'
export { CHECKPOINT_MESSAGE, Checkpointer, type CheckpointerDeps } from './checkpoints/checkpointer.ts'
export type { ChainEnds } from './ports/chain-ends.ts'
export type { ChainKey } from './ports/chain-key.ts'
export type { ChainWriter } from './ports/chain-writer.ts'
export type { LinkPlace, LinkRange, Period, StoredPage, StoredTrail } from './ports/stored-trail.ts'
export { readRetention, retentionEvents, type RetentionOutcome } from './retention/retention-record.ts'
export type { Fault, Finding } from './verification/finding.ts'
export {
  TrailVerifier,
  type TrailVerifierDeps,
  type VerificationReport,
  type VerificationRequest,
} from './verification/trail-verifier.ts'
export { representVerification, type VerificationRepresentation } from './verification/verification-representation.ts'
