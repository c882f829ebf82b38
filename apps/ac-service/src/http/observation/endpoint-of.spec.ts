import { describe, expect, it } from '@jest/globals'
import { endpointOf } from './endpoint-of.ts'

describe('endpointOf', () => {
  it.each([
    ['/oauth2/token', '/oauth2/token'],
    ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'],
    ['/api/v1/admin/clients', '/api/v1/admin/clients'],
    ['/api/v1/admin/clients/:client_id', '/api/v1/admin/clients'],
    ['/api/v1/admin/clients/:client_id/rotate-secret', '/api/v1/admin/clients'],
    ['/api/v1/admin/services/register', '/api/v1/admin/clients'],
    ['/api/v1/admin/keys/:kid/revoke', '/api/v1/admin/keys'],
    ['/docs', 'other'],
    ['/openapi.json', 'other'],
    ['/oauth2/tokens', 'other'],
    ['*', 'other'],
    ['constructor', 'other'],
    [undefined, 'other'],
  ])('knows that %s belongs to %s', (route, endpoint) => {
    expect(endpointOf(route)).toBe(endpoint)
  })
})
