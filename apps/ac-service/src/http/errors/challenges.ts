import { PrivilegeMissing } from '@ac/client-validation'
import { formatScope, type Scope } from '@ac/kernel'
import { InsufficientScope } from '@ac/token-validation'

/**
 * How a caller may authenticate: `basic` as a client of OAuth endpoints (RFC 6749 section 5.2), `bearer` by an access
 * token, with what was wrong with it (RFC 6750 section 3), `bearer-only` the same where none came.
 */
export type ChallengeKind = 'basic' | 'bearer' | 'bearer-only'

/**
 * The value of `WWW-Authenticate`.
 * @param realm the issuer, or a constant: no quotation mark in it
 * @param code the `error` code of the answer
 * @param error its message is constant and public; one about scopes names those that would do
 */
export function challenge(kind: ChallengeKind, realm: string, code: string, error: Error): string {
  if (kind !== 'bearer') return `${kind === 'basic' ? 'Basic' : 'Bearer'} realm="${realm}"`
  const attributes = [`realm="${realm}"`, `error="${code}"`, `error_description="${error.message}"`]
  const scopes = missingScopes(error)
  if (scopes) attributes.push(`scope="${formatScope(scopes)}"`)
  return `Bearer ${attributes.join(', ')}`
}

function missingScopes(error: Error): readonly Scope[] | undefined {
  if (error instanceof InsufficientScope) return error.anyOf
  return error instanceof PrivilegeMissing ? error.scopes : undefined
}
