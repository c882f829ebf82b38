import { beforeAll, describe, expect, it } from '@jest/globals'
import { MARKER, rawRequest } from './raw-request.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { expectRefusal, watchForEchoes } from './strict-exchange.ts'
import { basic, post } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

let client: RegisteredClient
let other: RegisteredClient
beforeAll(async () => {
  client = await database().register()
  other = await database().register()
})

watchForEchoes(service)

const GRANT = 'grant_type=client_credentials'
const invalid = { status: 400, error: 'invalid_request' }
const rejected = { status: 401, error: 'invalid_client' }
const unsupported = { status: 400, error: 'unsupported_grant_type' }

describe('a form with the right credentials is refused', () => {
  const pairs = (count: number) => Array.from({ length: count }, (_, index) => `p${index}=${MARKER}`).join('&')
  it.each([
    ['without a body', '', invalid],
    ['without a grant type', `x=${MARKER}`, invalid],
    ['with an empty grant type', 'grant_type=', invalid],
    ['with a grant type that is not offered', 'grant_type=password', unsupported],
    ['with a grant type that nobody knows', `grant_type=${MARKER}`, unsupported],
    ['with a grant type in other case', 'grant_type=Client_Credentials', unsupported],
    ['with a grant type that has a space behind it', 'grant_type=client_credentials+', unsupported],
    ['with a repeated grant type', `${GRANT}&${GRANT}`, invalid],
    ['with a repeated parameter that has no meaning', `${GRANT}&x=${MARKER}&x=${MARKER}`, invalid],
    ['with a parameter repeated empty', `${GRANT}&scope=meeting:read&scope=`, invalid],
    ['with a parameter repeated under another spelling', `${GRANT}&scope=meeting:read&sc%6fpe=meeting:write`, invalid],
    ['with a NUL', `${GRANT}&x=${MARKER}%00`, invalid],
    ['with half an escape', `${GRANT}&x=${MARKER}%4`, invalid],
    ['with an escape that is none', `${GRANT}&x=${MARKER}%zz`, invalid],
    ['with an overlong slash', `${GRANT}&x=${MARKER}%c0%af`, invalid],
    ['with half a surrogate pair', `${GRANT}&x=${MARKER}%ed%a0%80`, invalid],
    ['with a byte that is not ASCII', `${GRANT}&x=${MARKER}\xe4`, invalid],
    ['with a line break', `${GRANT}\r\n`, invalid],
    ['with 51 pairs', `${GRANT}&${pairs(50)}`, invalid],
    ['with 51 pairs of nothing', `${GRANT}${'&'.repeat(50)}`, invalid],
    ['with a semicolon between its pairs', 'grant_type=client_credentials;scope=meeting:read', unsupported],
    ['with its grant type in a list', 'grant_type[]=client_credentials', invalid],
    ['with JSON', `{"grant_type":"client_credentials","x":"${MARKER}"}`, invalid],
    ['with the secret in it as well', `${GRANT}&client_secret=${MARKER}`, invalid],
    ['with an assertion as well', `${GRANT}&client_assertion=${MARKER}`, invalid],
    ['with the type of an assertion as well', `${GRANT}&client_assertion_type=${MARKER}`, invalid],
    ['with the id of another client', `${GRANT}&client_id=${MARKER}`, invalid],
  ])('%s', async (_case, body, expected) => {
    const headers = [`Authorization: ${basic(client)}`]
    await expectRefusal(service(), rawRequest({ headers, body }), expected)
  })

  it('when its parameters are in the query string', async () => {
    const headers = [`Authorization: ${basic(client)}`]
    await expectRefusal(service(), rawRequest({ target: `/oauth2/token?${GRANT}`, headers, body: '' }), invalid)
  })

  it('when its credentials are in the query string', async () => {
    const target = `/oauth2/token?client_id=${client.id}&client_secret=${client.secret}`
    await expectRefusal(service(), rawRequest({ target, body: GRANT }), rejected)
  })
})

describe('credentials are refused', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  it.each([
    ['of an unknown scheme', () => `${MARKER} abc`],
    ['of the Bearer scheme', () => `Bearer ${MARKER}`],
    ['of the Digest scheme', () => `Digest username="${MARKER}"`],
    ['that are empty', () => ''],
    ['without anything behind the scheme', () => 'Basic'],
    ['in base64url', () => `Basic ${Buffer.from(`${client.id}:\xff\xfe\xff`).toString('base64url')}`],
    ['with something behind them', () => `${basic(client)}, ${basic(client)}`],
    ['without a colon', () => `Basic ${base64(MARKER)}`],
    ['without an id', () => `Basic ${base64(`:${client.secret}`)}`],
    ['without a secret', () => `Basic ${base64(`${client.id}:`)}`],
    ['with a colon behind the secret', () => `Basic ${base64(`${client.id}:${client.secret}:`)}`],
    ['with a NUL behind the secret', () => `Basic ${base64(`${client.id}:${client.secret}%00`)}`],
    ['with a space behind the secret', () => `Basic ${base64(`${client.id}:${client.secret}+`)}`],
    ['of an id in other case', () => `Basic ${base64(`${client.id.toUpperCase()}:${client.secret}`)}`],
    ['of another client', () => `Basic ${base64(`${other.id}:${client.secret}`)}`],
  ])('%s', async (_case, authorization) => {
    const headers = [`Authorization: ${authorization()}`]
    await expectRefusal(service(), rawRequest({ headers, body: GRANT }), rejected)
  })

  it.each([
    ['an id alone', () => `client_id=${client.id}`],
    ['a secret alone', () => `client_secret=${client.secret}`],
    ['an id and an empty secret', () => `client_id=${client.id}&client_secret=`],
    ['an assertion', () => `client_id=${client.id}&client_assertion=${MARKER}&client_assertion_type=${MARKER}`],
  ])('when the form holds %s', async (_case, part) => {
    await expectRefusal(service(), rawRequest({ body: `${GRANT}&${part()}` }), rejected)
  })
})

describe('a token is given', () => {
  it.each([
    ['for a form with parameters that have no meaning here', () => `${GRANT}&a[]=1&__proto__=x&toString=y&=z&novalue`],
    ['for a form with its id beside Basic', () => `${GRANT}&client_id=${client.id}`],
    ['for a form with an empty secret beside Basic', () => `${GRANT}&client_secret=`],
    ['for a form that is escaped throughout', () => 'grant%5Ftype=client%5Fcredentials&scope=meeting%3Aread'],
    ['for a form with empty pairs', () => `&${GRANT}&&`],
    ['for a form with exactly 50 pairs', () => `${GRANT}${'&'.repeat(49)}`],
  ])('%s', async (_case, form) => {
    expect((await post(service().api, form(), { authorization: basic(client) })).status).toBe(200)
  })

  it.each([
    ['form-encoded', () => `Basic ${btoa(`${client.id.replace('_', '%5F')}:${client.secret.replace('_', '%5f')}`)}`],
    ['under a scheme in other case', () => basic(client).replace('Basic', 'bASIC')],
    ['behind several spaces', () => basic(client).replace(' ', '   ')],
  ])('for Basic credentials %s', async (_case, authorization) => {
    expect((await post(service().api, GRANT, { authorization: authorization() })).status).toBe(200)
  })
})
