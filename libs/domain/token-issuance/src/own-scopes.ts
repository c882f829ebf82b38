import type { Scope } from '@ac/kernel'

/**
 * The scopes of the authorization server's own interfaces. They live at the audience that is the issuer itself; every
 * other scope lives elsewhere, and one token never carries both kinds.
 */
export const OWN_SCOPES = [
  'admin:services',
  'service.rotate-keys.ac',
  'admin.force-rotate-keys.ac',
  'introspect:any',
] as const

const own: ReadonlySet<string> = new Set(OWN_SCOPES)

/** Whether `scope` is one of {@link OWN_SCOPES}. */
export const isOwnScope = (scope: Scope): boolean => own.has(scope)
