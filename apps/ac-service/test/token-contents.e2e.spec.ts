import { beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'
import { get, post, requestToken } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

let client: RegisteredClient
let described: RegisteredClient
beforeAll(async () => {
  client = await database().register({ scope: 'meeting:read meeting:write' })
  described = await database().register({
    serviceType: 'media-handler',
    region: 'eu-central-1',
    accessTokenTtlSeconds: 90,
  })
})

const tokenOf = async (who: RegisteredClient) => (await requestToken(service().api, who)).json['access_token'] as string

describe('the answer to a token request', () => {
  it('holds the token, its type, its lifetime and its scope, and nothing else', async () => {
    const { status, json } = await requestToken(service().api, client)
    expect(status).toBe(200)
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'meeting:read meeting:write',
    })
  })

  it('is JSON that nobody may store', async () => {
    const { headers } = await requestToken(service().api, client)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('pragma')).toBe('no-cache')
  })

  it('says nothing of what the service is built with', async () => {
    const { headers } = await requestToken(service().api, client)
    expect([...headers.keys()].toSorted()).toEqual([
      'cache-control',
      'connection',
      'content-length',
      'content-type',
      'date',
      'keep-alive',
      'pragma',
      'x-content-type-options',
    ])
  })

  it('is the same for credentials in the form', async () => {
    const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret }
    const { status, json } = await post(service().api, new URLSearchParams(form))
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(['access_token', 'token_type', 'expires_in', 'scope'])
  })

  it('names only the scopes that were asked for', async () => {
    const { json } = await requestToken(service().api, client, { parameters: { scope: 'meeting:write' } })
    expect(json['scope']).toBe('meeting:write')
    expect(decodeJwt(json['access_token'] as string)['scope']).toBe('meeting:write')
  })
})

describe('the token', () => {
  it('has a header of exactly alg, typ and kid', async () => {
    const { json } = await get(`${service().api}/.well-known/jwks.json`)
    const kids = (json['keys'] as { kid: string }[]).map(({ kid }) => kid)
    const header = decodeProtectedHeader(await tokenOf(client))
    expect(header).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) })
    expect(kids).toContain(header.kid)
  })

  it('has the claims of RFC 9068 and no others', async () => {
    const claims = decodeJwt(await tokenOf(client))
    expect(claims).toEqual({
      iss: ISSUER,
      sub: client.id,
      client_id: client.id,
      aud: 'urn:ac:platform',
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 3600,
      jti: expect.stringMatching(/^[\w-]{22}$/),
      scope: 'meeting:read meeting:write',
    })
  })

  it('tells the type and the region of a service that registered them', async () => {
    expect(decodeJwt(await tokenOf(described))).toMatchObject({ service_type: 'media-handler', region: 'eu-central-1' })
  })

  it('lives as long as its client was registered for', async () => {
    const { json } = await requestToken(service().api, described)
    const { iat = 0, exp = 0 } = decodeJwt(json['access_token'] as string)
    expect(json['expires_in']).toBe(90)
    expect(exp - iat).toBe(90)
  })

  it('never has the id of another', async () => {
    const tokens = await Promise.all(Array.from({ length: 200 }, () => tokenOf(client)))
    expect(new Set(tokens.map((token) => decodeJwt(token).jti)).size).toBe(200)
  })
})
