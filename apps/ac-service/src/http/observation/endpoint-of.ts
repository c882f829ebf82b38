/** The interfaces of the API, each by its path; all that is about one collection of the admin API is one of them. */
const ENDPOINTS = [
  '/oauth2/token',
  '/oauth2/introspect',
  '/oauth2/revoke',
  '/.well-known/jwks.json',
  '/.well-known/oauth-authorization-server',
  '/internal/rotate-keys',
  '/api/v1/admin/clients',
  '/api/v1/admin/keys',
  '/api/v1/admin/audit-events',
] as const

export type Endpoint = (typeof ENDPOINTS)[number] | 'other'

/** Other paths of the same interface. */
const ALIASES: ReadonlyMap<string, Endpoint> = new Map([
  ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'],
  ['/api/v1/admin/services/register', '/api/v1/admin/clients'],
])

/**
 * The interface that a route belongs to: `other` for the documentation, and for what is no route at all.
 * @param route the pattern of the route, `/api/v1/admin/clients/:client_id`
 */
export function endpointOf(route: string | undefined): Endpoint {
  if (route === undefined) return 'other'
  return ALIASES.get(route) ?? ENDPOINTS.find((path) => route === path || route.startsWith(`${path}/`)) ?? 'other'
}
