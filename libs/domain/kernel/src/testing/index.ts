export { auditEvent, auditTrailContract, type AuditTrailUnderTest } from './audit-trail-contract.ts'
export { InMemoryAuditTrail } from './in-memory-audit-trail.ts'
export { MovingClock } from './moving-clock.ts'
export { RecordingLog } from './recording-log.ts'
