import { auditTrailContract } from './audit-trail-contract.ts'
import { InMemoryAuditTrail } from './in-memory-audit-trail.ts'

auditTrailContract('InMemoryAuditTrail', async () => {
  const trail = new InMemoryAuditTrail()
  return { trail, committed: async () => trail.events }
})
