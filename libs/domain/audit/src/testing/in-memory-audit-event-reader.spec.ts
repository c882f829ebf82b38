import { auditEventReaderContract } from './audit-event-reader-contract.ts'
import { InMemoryAuditEventReader } from './in-memory-audit-event-reader.ts'

auditEventReaderContract('InMemoryAuditEventReader', async (rows) => new InMemoryAuditEventReader(rows))
