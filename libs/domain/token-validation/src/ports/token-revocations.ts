import type { AuditEvent, ClientId, TokenId } from '@ac/kernel'

/** A token that is to be revoked. */
export interface RevocableToken {
  readonly id: TokenId
  /** From then on, and the clock skew, nobody takes it anyway: the revocation may be forgotten an hour later. */
  readonly expiresAt: Date
}

/** Keeps what is revoked. Each write commits with its audit event: both or neither. */
export interface TokenRevocations {
  /**
   * Revokes one token.
   * Concurrency: of any number of calls for one token exactly one finds that it was not revoked before.
   * @returns whether it was not; else nothing is written, and no event
   * @throws {Unavailable} the storage does not answer; whether it was revoked is not known
   */
  revoke(token: RevocableToken, event: AuditEvent): Promise<boolean>
  /**
   * Revokes every token that was issued up to now by the storage's clock. `iat` has whole seconds, so this includes what
   * is issued in the rest of the second.
   * Concurrency: of several calls the latest moment holds; none takes back what another has revoked.
   * @returns the first second from which on tokens count
   * @throws {Unavailable} the storage does not answer; whether they were revoked is not known
   */
  revokeAll(event: AuditEvent): Promise<Date>
  /**
   * As {@link revokeAll}, for the tokens of one client.
   * @returns `undefined` when there is no such client, and then nothing is written
   * @throws {Unavailable} see {@link revokeAll}
   */
  revokeAllOf(client: ClientId, event: AuditEvent): Promise<Date | undefined>
}
