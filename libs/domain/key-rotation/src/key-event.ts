import type { AuditEvent, AuditEventType, KeyId, Origin } from '@ac/kernel'

/** Who changes keys, and when and where from. */
export interface KeyAct {
  readonly actor: string
  readonly origin: Origin
  /** By the store's clock, like all that is told of keys. */
  readonly at: Date
}

type KeyEventType = Extract<AuditEventType, `signing_key.${string}`>

/** What the audit trail is told of something that was done to a key. */
export const keyEvent = (
  { actor, origin, at }: KeyAct,
  type: KeyEventType,
  target: KeyId | undefined,
  { reason, outcome = 'success' }: Partial<Pick<AuditEvent, 'reason' | 'outcome'>> = {},
): AuditEvent => ({ type, outcome, reason, occurredAt: at, actor, target, origin })
