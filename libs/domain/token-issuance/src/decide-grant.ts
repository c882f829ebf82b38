import { parseScope, type Scope } from '@ac/kernel'
import { InvalidScope } from './invalid-scope.ts'
import { InvalidTarget } from './invalid-target.ts'
import { isOwnScope } from './own-scopes.ts'
import type { Grantee } from './ports/client-authentication.ts'

/** What a token request asks for; absent parameters are `undefined`. */
export interface RequestedGrant {
  /** The `scope` parameter as it came. */
  readonly scope: string | undefined
  /** The `resource` parameter of RFC 8707 as it came. */
  readonly resource: string | undefined
}

/** The audiences that need no registration. */
export interface Audiences {
  /** Where {@link OWN_SCOPES} live: the authorization server itself. */
  readonly issuer: string
  /** Where all other scopes live when the request names no resource. */
  readonly fallback: string
}

/** What the token will say: one audience, at least one scope. */
export interface Grant {
  readonly audience: string
  readonly scopes: readonly Scope[]
}

/**
 * Decides audience and scopes of a token: all that was asked for, or nothing.
 * Without `scope` it grants every scope that the client has at the audience. Without `resource` the audience is the
 * issuer when only scopes of {@link OWN_SCOPES} are concerned, else the fallback.
 * @throws {InvalidTarget} the resource is not the client's, or the scopes do not all live at the audience
 * @throws {InvalidScope} the scope is malformed or more than the client's, or nothing would be granted
 */
export function decideGrant(client: Grantee, requested: RequestedGrant, audiences: Audiences): Grant {
  const { resource } = requested
  if (resource !== undefined && !mayCall(client, resource, audiences)) throw new InvalidTarget()
  const asked = requested.scope === undefined ? undefined : registered(client, requested.scope)
  const own = (asked ?? client.scopes).every(isOwnScope)
  const audience = resource ?? (own ? audiences.issuer : audiences.fallback)
  const livesThere = (scope: Scope): boolean => isOwnScope(scope) === (audience === audiences.issuer)
  if (asked && !asked.every(livesThere)) throw new InvalidTarget()
  const scopes = asked ?? client.scopes.filter(livesThere)
  if (scopes.length === 0) throw new InvalidScope()
  return { audience, scopes }
}

/** Exact strings: RFC 8707 leaves no room for a normalised comparison, and neither do resource servers. */
function mayCall(client: Grantee, resource: string, { issuer, fallback }: Audiences): boolean {
  return resource === issuer || resource === fallback || client.audiences.includes(resource)
}

function registered(client: Grantee, text: string): readonly Scope[] {
  const scopes = parseScope(text)
  if (scopes?.every((scope) => client.scopes.includes(scope))) return scopes
  throw new InvalidScope()
}
