import { AuditWriteFailed } from '@ac/audit'
import { Overloaded, type AuditEvent, type AuditTrail } from '@ac/kernel'
import { AUDIT_FAILURE_REASONS, orOther, type AuditEventLabel } from '../metrics/labels.ts'
import type { Metrics } from '../metrics/metrics.ts'

type Families = Metrics['families']

/** Feeds `ac_audit_log_failures_total` with events that stand alone. */
export const measuredAuditTrail = (trail: AuditTrail, families: Families): AuditTrail => ({
  record: async (event) => {
    try {
      await trail.record(event)
    } catch (error) {
      countLost([event], error, families)
      throw error
    }
  },
})

/** Transactions that commit changes together with the events that tell of them. */
export interface AuditedTransactions<Transaction> {
  run<T>(
    change: (transaction: Transaction) => Promise<{ readonly result: T; readonly events: readonly AuditEvent[] }>,
  ): Promise<T>
}

/** Feeds `ac_audit_log_failures_total` with events of changes that were not made for want of them. */
export const measuredTransactions = <Transaction>(
  transactions: AuditedTransactions<Transaction>,
  families: Families,
): AuditedTransactions<Transaction> => ({
  run: async (change) => {
    let events: readonly AuditEvent[] = []
    try {
      return await transactions.run(async (transaction) => {
        const audited = await change(transaction)
        events = audited.events
        return audited
      })
    } catch (error) {
      if (error instanceof AuditWriteFailed) countLost(events, error, families)
      throw error
    }
  },
})

function countLost(events: readonly AuditEvent[], error: unknown, { auditLogFailures }: Families): void {
  const known = error instanceof AuditWriteFailed ? error.reason : error instanceof Overloaded ? error.code : ''
  const reason = orOther(AUDIT_FAILURE_REASONS, known)
  for (const { type } of events) auditLogFailures.series({ event_type: eventLabel(type), reason }).increase()
}

const EVENT_LABELS: { readonly [Type in AuditEvent['type']]?: AuditEventLabel } = {
  'token.issued': 'token_issued',
  'token.refused': 'token_refused',
  'token.revoked': 'token_revoked',
  'tokens.revoked': 'token_revoked',
  'client.authentication_failed': 'client_authentication_failed',
  'client.authentication_throttled': 'client_authentication_failed',
  'admin.access_denied': 'access_denied',
  'audit.checkpoint': 'checkpoint',
}

function eventLabel(type: AuditEvent['type']): AuditEventLabel {
  if (type.startsWith('signing_key.')) return 'signing_key_changed'
  return EVENT_LABELS[type] ?? (type.startsWith('client.') ? 'client_changed' : 'other')
}
