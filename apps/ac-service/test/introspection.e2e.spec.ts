import { beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt } from 'jose'
import { introspect, isActive, tokenOf } from './about-token.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'
import { claimsOf, stealKey } from './stolen-key.ts'
import { basic, postForm, type ReadAnswer } from './token-request.ts'

const MC = 'https://mc.test/api'

const database = useServiceDatabase()
const service = useService(() => database().url)

let owner: RegisteredClient
let stranger: RegisteredClient
let resourceServer: RegisteredClient
let monitor: RegisteredClient
let token: string

beforeAll(async () => {
  owner = await database().register({ audiences: [MC], serviceType: 'global-controller', region: 'eu-central-1' })
  stranger = await database().register({ audiences: [MC] })
  resourceServer = await database().register({ resourceIds: [MC, 'https://mc.test/other'] })
  monitor = await database().register({ scope: 'introspect:any' })
  token = await tokenOf(service().api, owner, { resource: MC })
})

/** All of an answer but its date. */
const visible = ({ status, headers, text }: ReadAnswer) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => name !== 'date'),
})

describe('an active token', () => {
  it.each([
    ['the client that it was issued to', () => owner],
    ['a client that answers for its audience', () => resourceServer],
    ['a holder of introspect:any', () => monitor],
  ])('is told to %s, with all that it says', async (_, inquirer) => {
    const { status, json, headers } = await introspect(service().api, inquirer(), token)
    const { iat, exp, jti } = decodeJwt(token)
    expect(status).toBe(200)
    expect(json).toStrictEqual({
      active: true,
      scope: 'meeting:read meeting:write',
      client_id: owner.id,
      token_type: 'Bearer',
      exp,
      iat,
      sub: owner.id,
      aud: MC,
      iss: ISSUER,
      jti,
      service_type: 'global-controller',
      region: 'eu-central-1',
    })
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('says nothing of what its client has not registered', async () => {
    const { json } = await introspect(service().api, stranger, await tokenOf(service().api, stranger))
    expect(json).toMatchObject({ active: true, aud: 'urn:ac:platform' })
    expect(Object.keys(json)).not.toEqual(expect.arrayContaining([expect.stringMatching(/service_type|region/)]))
  })

  it.each(['access_token', 'refresh_token', 'anything else', ''])('is found whatever the hint: %j', async (hint) => {
    expect((await introspect(service().api, owner, token, { token_type_hint: hint })).json['active']).toBe(true)
  })

  it('is told to a client that authenticates by the form', async () => {
    const form = new URLSearchParams({ token, client_id: owner.id, client_secret: owner.secret })
    expect((await postForm(`${service().api}/oauth2/introspect`, form)).json['active']).toBe(true)
  })
})

describe('a token that is not active, or none of the client\u2019s business', () => {
  it('is told by exactly the same answer, whatever the reason', async () => {
    const { api } = service()
    const key = await stealKey(database())
    const expired = key.sign(key.header, claimsOf(token, { iat: 1_700_000_000, exp: 1_700_003_600 }))
    const answers = [
      await introspect(api, stranger, token),
      await introspect(api, resourceServer, await tokenOf(api, owner)),
      await introspect(api, owner, expired),
      await introspect(api, monitor, expired),
      await introspect(api, owner, `${token.slice(0, -20)}${'A'.repeat(20)}`),
      await introspect(api, owner, 'no token at all'),
      await introspect(api, monitor, 'x'.repeat(20_000)),
      await introspect(api, owner, '\u{1f3a5}\uffff'),
    ].map(visible)
    expect(answers[0]).toMatchObject({ status: 200, text: '{"active":false}' })
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  it('has the same headers as one that is active, but for the length', async () => {
    const [active, inactive] = [
      await introspect(service().api, owner, token),
      await introspect(service().api, stranger, token),
    ].map((answer) => visible(answer).headers.filter(([name]) => name !== 'content-length'))
    expect(inactive).toEqual(active)
  })

  it('is a token for the client that asks, where that is not registered for its own audience', async () => {
    const forIssuer = await database().register({ scope: 'admin:services' })
    expect(await isActive(service().api, owner, await tokenOf(service().api, forIssuer))).toBe(false)
    expect(await isActive(service().api, forIssuer, await tokenOf(service().api, forIssuer))).toBe(true)
  })
})

describe('what becomes of a client', () => {
  const change = (text: string, client: RegisteredClient) => database().query(text, [client.id])

  it('counts at the very next request: its tokens are inactive while it is disabled, and active again after that', async () => {
    const client = await database().register()
    const its = await tokenOf(service().api, client)
    for (const disabled of [true, false, true]) {
      await change(`update clients set disabled = ${disabled} where client_id = $1`, client)
      expect(await isActive(service().api, monitor, its)).toBe(!disabled)
    }
  })

  it('counts for good when it is deleted', async () => {
    const client = await database().register()
    const its = await tokenOf(service().api, client)
    await change('delete from clients where client_id = $1', client)
    expect(await isActive(service().api, monitor, its)).toBe(false)
  })

  it('counts for what it may ask, too: one that is disabled is told nothing but that', async () => {
    const client = await database().register({ scope: 'introspect:any' })
    await change('update clients set disabled = true where client_id = $1', client)
    const { status, json, headers } = await introspect(service().api, client, token)
    expect({ status, json }).toEqual({
      status: 401,
      json: { error: 'invalid_client', error_description: 'client authentication failed' },
    })
    expect(headers.get('www-authenticate')).toBe(`Basic realm="${ISSUER}"`)
  })
})

describe('whoever does not prove who he is', () => {
  it('is told the same of every token', async () => {
    const asked = [token, 'no token at all'].flatMap((each) => [
      introspect(service().api, { ...owner, secret: stranger.secret }, each),
      introspect(service().api, { ...owner, id: 'svc_0000000000000000000000' }, each),
      postForm(`${service().api}/oauth2/introspect`, new URLSearchParams({ token: each })),
      postForm(`${service().api}/oauth2/introspect`, new URLSearchParams({ token: each }), {
        authorization: `Bearer ${token}`,
      }),
    ])
    const answers = (await Promise.all(asked)).map(visible)
    expect(answers[0]?.status).toBe(401)
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  it('leaves an event like at the token endpoint', async () => {
    const victim = await database().register()
    await introspect(service().api, { ...victim, secret: stranger.secret }, token)
    const events = await database().query(
      `select type, reason from audit_events where target = $1 and outcome = 'failure'`,
      [victim.id],
    )
    expect(events).toEqual([{ type: 'client.authentication_failed', reason: 'wrong_secret' }])
  })
})

describe('a token', () => {
  it('is in nothing that the service writes', async () => {
    await postForm(`${service().api}/oauth2/introspect?token=${token}`, `token=${token}`, {
      authorization: basic(owner),
    })
    expect(service().process.output).not.toContain(token.slice(-40))
    expect(await database().dump()).not.toContain(token.slice(-40))
  })
})
