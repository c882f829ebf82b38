import { describe, expect, it } from '@jest/globals'
import { secretId } from '@ac/kernel'
import { representClient } from './client-representation.ts'
import { aClient } from './testing/a-client.ts'
import { aStoredSecret } from './testing/a-stored-secret.ts'

describe('representClient', () => {
  it('names the fields as RFC 7591 does and writes times as RFC 3339', () => {
    const client = aClient({
      audiences: ['urn:ac:gc'],
      resourceIds: ['urn:ac:mh'],
      accessTokenTtlSeconds: 600,
      updatedAt: new Date('2026-02-03T04:05:06.007Z'),
    })
    expect(representClient({ client, secrets: [] })).toEqual({
      client_id: 'svc_0123456789ABCDEFabcdef',
      client_name: 'media handler',
      service_type: 'media-handler',
      region: 'eu-central-1',
      scope: 'meetings.read meetings.write',
      audiences: ['urn:ac:gc'],
      resource_ids: ['urn:ac:mh'],
      token_endpoint_auth_method: 'client_secret_basic',
      jwks: null,
      access_token_ttl: 600,
      disabled: false,
      created_at: '2026-01-02T03:04:05.678Z',
      updated_at: '2026-02-03T04:05:06.007Z',
      secrets: [],
    })
  })

  it('writes null for what is absent, so that every field is always there', () => {
    const client = aClient({ serviceType: undefined, region: undefined, accessTokenTtlSeconds: undefined })
    const written = JSON.parse(JSON.stringify(representClient({ client, secrets: [aStoredSecret()] })))
    expect(written).toMatchObject({ service_type: null, region: null, access_token_ttl: null })
    expect(written.secrets).toEqual([
      {
        id: 'sec_0123456789ABCDEFabcdef',
        created_at: '2026-01-02T03:04:05.678Z',
        expires_at: null,
        last_used_at: null,
      },
    ])
  })

  it('tells the life of each secret in the given order, and neither its hash nor its MAC', () => {
    const used = aStoredSecret({
      id: secretId('sec_used'),
      expiresAt: new Date('2026-03-01T00:00:00Z'),
      lastUsedAt: new Date('2026-02-01T00:00:00Z'),
    })
    const { secrets } = representClient({ client: aClient(), secrets: [aStoredSecret(), used] })
    expect(secrets.map(({ id }) => id)).toEqual([aStoredSecret().id, 'sec_used'])
    expect(secrets[1]).toMatchObject({
      expires_at: '2026-03-01T00:00:00.000Z',
      last_used_at: '2026-02-01T00:00:00.000Z',
    })
    for (const secret of secrets)
      expect(Object.keys(secret)).toEqual(['id', 'created_at', 'expires_at', 'last_used_at'])
  })
})
