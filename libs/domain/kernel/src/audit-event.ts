/** Every act that the audit trail knows, named `<thing>.<what happened to it>`. */
export const AUDIT_EVENT_TYPES = [
  'admin.access_denied',
  'audit.chain_shortened',
  'audit.checkpoint',
  'audit.retention_applied',
  'client.authentication_failed',
  'client.authentication_throttled',
  'client.created',
  'client.deleted',
  'client.disabled',
  'client.enabled',
  'client.secret_revoked',
  'client.secret_rotated',
  'client.updated',
  'signing_key.created',
  'signing_key.revoked',
  'signing_key.rewrapped',
  'signing_key.rotated',
  'signing_key.rotation_refused',
  'token.issued',
  'token.refused',
  'token.revoked',
  'tokens.revoked',
] as const

export type AuditEventType = (typeof AUDIT_EVENT_TYPES)[number]

/** Where an act came from. All of it is safe to store: the source is a keyed hash, never an address. */
export interface Origin {
  /** The request's own id, for finding its log lines. */
  readonly requestId: string | undefined
  /** Keyed hash of the network address; `undefined` for acts that came over no network. */
  readonly source: string | undefined
  /**
   * Keyed hash of the network that the address belongs to: who has one address there has its neighbours, so limits go by
   * networks. Known while the act is under way, and not kept.
   */
  readonly network?: string | undefined
  /** W3C trace id, 32 hex digits. */
  readonly traceId: string | undefined
}

/** The origin of an act that the service does by itself. */
export const NO_ORIGIN: Origin = Object.freeze({ requestId: undefined, source: undefined, traceId: undefined })

/** One security-relevant act. Holds ids only: no secret, token, address or free text of a caller. */
export interface AuditEvent {
  readonly type: AuditEventType
  readonly outcome: 'success' | 'failure'
  /** Why it failed, or which of several kinds it was: a constant word such as `wrong_secret` or `forced`. */
  readonly reason: string | undefined
  readonly occurredAt: Date
  /** Who did it: a client id, or a constant such as `acctl`; `undefined` when nobody proved who he is. */
  readonly actor: string | undefined
  /** What it was done to: a client id, a `kid`, a `jti`. */
  readonly target: string | undefined
  readonly origin: Origin
}
