import { beforeAll, describe, expect, it } from '@jest/globals'
import { tokenOf } from './about-token.ts'
import { MARKER, rawRequest } from './raw-request.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { expectRefusal, watchForEchoes } from './strict-exchange.ts'
import { basic, postForm } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

let client: RegisteredClient
let other: RegisteredClient
let token: string
beforeAll(async () => {
  client = await database().register()
  other = await database().register()
  token = await tokenOf(service().api, client)
})

watchForEchoes(service)

const invalid = { status: 400, error: 'invalid_request' }
const rejected = { status: 401, error: 'invalid_client' }
const unsupported = { status: 415, error: 'invalid_request' }

describe.each(['/oauth2/introspect', '/oauth2/revoke'])('%s', (target) => {
  const authorized = () => [`Authorization: ${basic(client)}`]

  it.each<[string, string]>([
    ['no body', ''],
    ['no token', `x=${MARKER}`],
    ['an empty token', 'token='],
    ['two tokens', `token=${MARKER}&token=${MARKER}`],
    ['two tokens under two spellings', `token=${MARKER}&t%6fken=${MARKER}`],
    ['two hints', `token=${MARKER}&token_type_hint=a&token_type_hint=b`],
    ['a list of tokens', `token[]=${MARKER}`],
    ['a broken escape', `token=${MARKER}%zz`],
    ['broken UTF-8', `token=${MARKER}%c0%af`],
    ['a NUL', `token=${MARKER}%00`],
    ['a byte that is not ASCII', `token=${MARKER}\xe4`],
    ['a line break', `token=${MARKER}\r\n`],
    ['too many pairs', `token=${MARKER}${'&a'.repeat(50)}`],
    ['the secret as well', `token=${MARKER}&client_secret=${MARKER}`],
    ['an assertion as well', `token=${MARKER}&client_assertion=${MARKER}`],
    ['the id of another client', `token=${MARKER}&client_id=${MARKER}`],
  ])('refuses a form with %s', async (_, body) => {
    await expectRefusal(service(), rawRequest({ target, headers: authorized(), body }), invalid)
  })

  it('takes nothing from the query string', async () => {
    const query = `${target}?token=${MARKER}`
    await expectRefusal(service(), rawRequest({ target: query, headers: authorized(), body: '' }), invalid)
    const credentials = `${target}?client_id=${client.id}&client_secret=${client.secret}`
    await expectRefusal(service(), rawRequest({ target: credentials, body: `token=${MARKER}` }), rejected)
  })

  it.each<[string, () => readonly string[], string]>([
    ['no credentials', () => [], ''],
    ['a bearer token', () => [`Authorization: Bearer ${token}`], ''],
    ['another scheme', () => [`Authorization: ${MARKER} abc`], ''],
    ['the secret of another client', () => [`Authorization: ${basic({ ...client, secret: other.secret })}`], ''],
    ['an id without a secret', () => [], `&client_id=${MARKER}`],
    ['an assertion', () => [], `&client_assertion=${MARKER}&client_assertion_type=${MARKER}`],
  ])('refuses %s', async (_, headers, more) => {
    await expectRefusal(service(), rawRequest({ target, headers: headers(), body: `token=${MARKER}${more}` }), rejected)
  })

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', false] as const)(
    'refuses a body of type %s',
    async (contentType) => {
      const body = `{"token":"${MARKER}"}`
      await expectRefusal(service(), rawRequest({ target, headers: authorized(), body, contentType }), unsupported)
    },
  )

  it('refuses two Authorization headers, and a body beyond 32 KiB', async () => {
    const twice = [...authorized(), ...authorized()]
    await expectRefusal(service(), rawRequest({ target, headers: twice, body: `token=${MARKER}` }), invalid)
    const body = `token=${'x'.repeat(33 * 1024)}`
    const tooLarge = { status: 413, error: 'invalid_request' }
    await expectRefusal(service(), rawRequest({ target, headers: authorized(), body }), tooLarge)
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s', async (method) => {
    const { headers } = await expectRefusal(service(), rawRequest({ target, method, body: '' }), {
      status: 405,
      error: 'invalid_request',
    })
    expect(headers['allow']).toBe('POST')
  })

  it('has one spelling', async () => {
    const others = [`${target}/`, target.toUpperCase(), target.replace('/', '//'), target.replace('oauth2', 'o%61uth2')]
    for (const path of others) {
      const notFound = { status: 404, error: 'not_found' }
      await expectRefusal(service(), rawRequest({ target: path, headers: authorized() }), notFound)
    }
  })

  it('takes a form that is escaped throughout, with parameters that have no meaning here', async () => {
    const form = `t%6Fken=${token.replaceAll('.', '%2E')}&__proto__=x&a[]=1&=z`
    const { status } = await postForm(service().api + target, form, { authorization: basic(client) })
    expect(status).toBe(200)
  })
})
