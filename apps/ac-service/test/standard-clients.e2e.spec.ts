import { beforeAll, describe, expect, it } from '@jest/globals'
import { createRemoteJWKSet, customFetch as joseFetch, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { fetchAt } from './fetch-at.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

let client: RegisteredClient
beforeAll(async () => {
  client = await database().register({ scope: 'meeting:read meeting:write', audiences: ['https://gc.test/api'] })
})

/** Verifies as RFC 9068 section 4 says, with nothing but what the service publishes. */
async function expectVerified(token: string, audience = 'urn:ac:platform'): Promise<void> {
  const url = new URL(`${ISSUER}/.well-known/jwks.json`)
  const keys = createRemoteJWKSet(url, { [joseFetch]: fetchAt(service().api) })
  const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, audience, typ: 'at+jwt', algorithms: ['EdDSA'] })
  expect(payload.sub).toBe(client.id)
}

describe.each(['oauth2', 'oidc'] as const)('oauth4webapi with the metadata of %s', (algorithm) => {
  const options = () => ({ [oauth.customFetch]: fetchAt(service().api) })
  const discover = async () => {
    const issuer = new URL(ISSUER)
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...options() }))
  }

  it.each([
    ['client_secret_basic', oauth.ClientSecretBasic],
    ['client_secret_post', oauth.ClientSecretPost],
  ])('gets a token by %s that jose verifies', async (_method, authentication) => {
    const server = await discover()
    const self = { client_id: client.id }
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      self,
      authentication(client.secret),
      new URLSearchParams({ scope: 'meeting:read' }),
      options(),
    )
    const token = await oauth.processClientCredentialsResponse(server, self, answer)
    expect(token).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'meeting:read' })
    await expectVerified(token.access_token)
  })

  it('understands a refusal', async () => {
    const server = await discover()
    const self = { client_id: client.id }
    const wrong = oauth.ClientSecretBasic('wrong')
    const answer = await oauth.clientCredentialsGrantRequest(server, self, wrong, new URLSearchParams(), options())
    await expect(oauth.processClientCredentialsResponse(server, self, answer)).rejects.toMatchObject({ status: 401 })
  })
})

describe.each(['oauth2', 'oidc'] as const)('openid-client with the metadata of %s', (algorithm) => {
  const discover = (authentication: openid.ClientAuth) =>
    openid.discovery(new URL(ISSUER), client.id, {}, authentication, {
      algorithm,
      [openid.customFetch]: fetchAt(service().api),
    })

  it.each([
    ['client_secret_basic', openid.ClientSecretBasic],
    ['client_secret_post', openid.ClientSecretPost],
  ])('gets a token by %s that jose verifies', async (_method, authentication) => {
    const token = await openid.clientCredentialsGrant(await discover(authentication(client.secret)))
    expect(token).toMatchObject({ token_type: 'bearer', scope: 'meeting:read meeting:write' })
    await expectVerified(token.access_token)
  })

  it('gets a token for a resource', async () => {
    const resource = 'https://gc.test/api'
    const token = await openid.clientCredentialsGrant(await discover(openid.ClientSecretBasic(client.secret)), {
      resource,
    })
    await expectVerified(token.access_token, resource)
  })

  it('understands a refusal', async () => {
    const configuration = await discover(openid.ClientSecretPost(client.secret))
    const refused = openid.clientCredentialsGrant(configuration, { scope: 'meeting:delete' })
    await expect(refused).rejects.toMatchObject({ error: 'invalid_scope', status: 400 })
  })
})

describe('jose', () => {
  it('does not take a token for another audience than its own', async () => {
    const configuration = await openid.discovery(
      new URL(ISSUER),
      client.id,
      {},
      openid.ClientSecretBasic(client.secret),
      { [openid.customFetch]: fetchAt(service().api) },
    )
    const { access_token: token } = await openid.clientCredentialsGrant(configuration)
    await expect(expectVerified(token, 'https://gc.test/api')).rejects.toMatchObject({
      code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    })
  })
})
