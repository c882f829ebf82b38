import { DomainError, type ClientId, type Scope } from '@ac/kernel'

/** Whoever asked for a change does not hold a privileged scope that it is about (RFC 6750, `insufficient_scope`). */
export class PrivilegeMissing extends DomainError {
  readonly code = 'privilege_missing'

  /**
   * @param scopes what would have been needed and is not held
   * @param target the client that was to be changed; `undefined` for one that was to be registered
   */
  constructor(
    readonly scopes: readonly Scope[],
    readonly target: ClientId | undefined,
    options?: ErrorOptions,
  ) {
    super('a privileged scope can be handed out, and its holders changed, only by those who hold it', options)
  }
}
