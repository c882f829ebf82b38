export type {
  AuditEventFilter,
  AuditEventPosition,
  AuditEventReader,
  KeptAuditEvent,
} from './ports/audit-event-reader.ts'
