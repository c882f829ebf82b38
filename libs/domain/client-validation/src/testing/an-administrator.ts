import { clientId, type Scope } from '@ac/kernel'
import { administeringClient, type Administrator } from '../administration/administrator.ts'

/** A client that administers others and holds `scopes`. Scopes that begin with `root:` are privileged. */
export const anAdministrator = (...scopes: readonly string[]): Administrator =>
  administeringClient(clientId('svc_0123456789ABCDEFabcdef'), scopes as readonly Scope[], (scope) =>
    scope.startsWith('root:'),
  )
