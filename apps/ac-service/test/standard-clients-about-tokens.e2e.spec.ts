import { beforeAll, describe, expect, it } from '@jest/globals'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { tokenOf } from './about-token.ts'
import { fetchAt } from './fetch-at.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

let client: RegisteredClient
beforeAll(async () => {
  client = await database().register()
})

describe.each(['oauth2', 'oidc'] as const)('oauth4webapi with the metadata of %s', (algorithm) => {
  it('finds a token active, revokes it, and finds it inactive', async () => {
    const options = { [oauth.customFetch]: fetchAt(service().api) }
    const issuer = new URL(ISSUER)
    const discovered = await oauth.discoveryRequest(issuer, { algorithm, ...options })
    const server = await oauth.processDiscoveryResponse(issuer, discovered)
    const self = { client_id: client.id }
    const authentication = oauth.ClientSecretBasic(client.secret)
    const token = await tokenOf(service().api, client)
    const introspected = async () =>
      oauth.processIntrospectionResponse(
        server,
        self,
        await oauth.introspectionRequest(server, self, authentication, token, options),
      )
    expect(await introspected()).toMatchObject({ active: true, client_id: client.id, iss: ISSUER })
    await oauth.processRevocationResponse(await oauth.revocationRequest(server, self, authentication, token, options))
    expect(await introspected()).toEqual({ active: false })
  })
})

describe.each([
  ['client_secret_basic', openid.ClientSecretBasic],
  ['client_secret_post', openid.ClientSecretPost],
])('openid-client by %s', (_, authentication) => {
  it('finds a token active, revokes it, and finds it inactive', async () => {
    const configuration = await openid.discovery(new URL(ISSUER), client.id, {}, authentication(client.secret), {
      algorithm: 'oauth2',
      [openid.customFetch]: fetchAt(service().api),
    })
    const { access_token: token } = await openid.clientCredentialsGrant(configuration)
    expect(await openid.tokenIntrospection(configuration, token)).toMatchObject({ active: true, sub: client.id })
    await openid.tokenRevocation(configuration, token)
    expect(await openid.tokenIntrospection(configuration, token)).toEqual({ active: false })
  })
})
