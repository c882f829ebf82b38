import type { ClientId, Scope } from '@ac/kernel'
import { PrivilegeMissing } from './privilege-missing.ts'

/** Who registers and changes clients. */
export interface Administrator {
  /** What the audit trail calls him. */
  readonly id: ClientId | 'acctl'
  /** Those of `scopes` that he may neither hand out nor lay hands on. */
  beyond(scopes: readonly Scope[]): readonly Scope[]
}

/** Whoever has the database in his hands: nothing that is kept in it could stop him. */
export const OPERATOR: Administrator = Object.freeze({ id: 'acctl', beyond: () => [] })

/**
 * A client that administers others by a token.
 * @param held the scopes of that token
 * @param isPrivileged whether a scope gives power over the service itself, so that only its holders may hand it on
 */
export const administeringClient = (
  id: ClientId,
  held: readonly Scope[],
  isPrivileged: (scope: Scope) => boolean,
): Administrator => ({
  id,
  beyond: (scopes) => scopes.filter((scope) => isPrivileged(scope) && !held.includes(scope)),
})

/**
 * Makes sure that whoever changes a client gains no power by it: he holds every privileged scope that the client has
 * before or after the change.
 * @throws {PrivilegeMissing} he does not
 */
export function requirePrivileges(by: Administrator, target: ClientId | undefined, scopes: readonly Scope[]): void {
  const missing = by.beyond([...new Set(scopes)])
  if (missing.length > 0) throw new PrivilegeMissing(missing, target)
}
