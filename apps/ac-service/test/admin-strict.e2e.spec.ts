import { beforeAll, describe, expect, it } from '@jest/globals'
import { administrator, type AdminApi, type AdminCall } from './admin-api.ts'
import { RawConnection } from './raw-connection.ts'
import { MARKER } from './raw-request.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { watchForEchoes } from './strict-exchange.ts'

const CLIENTS = '/api/v1/admin/clients'
const database = useServiceDatabase()
const service = useService(() => database().url)

watchForEchoes(service)

let admin: AdminApi
let client: string
beforeAll(async () => {
  admin = await administrator(database(), service())
  client = `${CLIENTS}/${(await admin.create()).client_id}`
})

const RIGHT = { client_name: 'a service', scope: 'a b' }

/** Expects a refusal in the one form of errors, without the marker, after which everything is as it was before. */
async function expectRefused(
  method: string,
  path: string,
  call: AdminCall,
  expected: { readonly status: number; readonly error: string; readonly description?: RegExp },
): Promise<void> {
  const clients = () => database().query('select c::text as row from clients c order by client_id')
  const before = await clients()
  const { status, json, text, headers } = await admin.call(method, path, call)
  expect({ status, error: json['error'] }).toEqual({ status: expected.status, error: expected.error })
  expect(Object.keys(json)).toEqual(['error', 'error_description'])
  expect(json['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  if (expected.description) expect(json['error_description']).toMatch(expected.description)
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(text).not.toContain(MARKER)
  expect(await clients()).toEqual(before)
}

const malformed = { status: 400, error: 'invalid_request' }
const metadata = (field: string) => ({
  status: 400,
  error: 'invalid_client_metadata',
  description: new RegExp(`^${field} is not valid: `),
})

describe('a body that is no JSON object is refused', () => {
  const right = JSON.stringify({ ...RIGHT, region: MARKER.toLowerCase() })
  it.each([
    ['nothing', ''],
    ['half an object', right.slice(0, -1)],
    ['a comma too many', right.replace('}', ',}')],
    ['something behind it', `${right} ${MARKER}`],
    ['two objects', right + right],
    ['a byte order mark', `\ufeff${right}`],
    ['single quotation marks', right.replaceAll('"', "'")],
    ['a comment', right.replace('{', `{/* ${MARKER} */`)],
    ['an array', `[${right}]`],
    ['a string', JSON.stringify(MARKER)],
    ['null', 'null'],
    ['a name twice', right.replace('{', '{"scope":"c",')],
    ['a name twice in another spelling', right.replace('{', '{"\\u0073cope":"c",')],
    ['half a surrogate pair', right.replace('a service', `${MARKER}\\ud800`)],
    ['a NUL', right.replace('a service', `${MARKER}\\u0000`)],
    ['deep nesting', right.replace('{', `{"x":${'['.repeat(5000)}${']'.repeat(5000)},`)],
    ['a form', `client_name=${MARKER}&scope=a`],
  ])('with %s', async (_case, body) => {
    await expectRefused('POST', CLIENTS, { body }, malformed)
    await expectRefused('PATCH', client, { body }, malformed)
    await expectRefused('POST', '/api/v1/admin/services/register', { body }, malformed)
  })

  it('in broken UTF-8', async () => {
    const body = Buffer.from(`{"client_name":"${MARKER}\xe4","scope":"a"}`, 'latin1')
    await expectRefused('POST', CLIENTS, { body }, malformed)
  })

  it('over 32 KiB', async () => {
    const body = { ...RIGHT, client_name: MARKER.repeat(4000) }
    await expectRefused('POST', CLIENTS, { body }, { status: 413, error: 'invalid_request' })
  })
})

describe('a field is refused by its name', () => {
  it.each<[string, Record<string, unknown>]>([
    ['client_name', { client_name: '' }],
    ['client_name', { client_name: null }],
    ['client_name', { client_name: 7 }],
    ['client_name', { client_name: [MARKER] }],
    ['client_name', { client_name: { toString: MARKER } }],
    ['client_name', { client_name: 'n'.repeat(201) }],
    ['client_name', { client_name: `${MARKER}\u202e` }],
    ['client_name', { client_name: `${MARKER}\n` }],
    ['scope', { scope: '' }],
    ['scope', { scope: null }],
    ['scope', { scope: ['a', 'b'] }],
    ['scope', { scope: `a  ${MARKER}` }],
    ['scope', { scope: `${MARKER}"` }],
    ['scope', { scope: `${MARKER} `.repeat(500).trim() + 'x'.repeat(5000) }],
    ['service_type', { service_type: MARKER }],
    ['service_type', { service_type: '' }],
    ['region', { region: 'a'.repeat(65) }],
    ['region', { region: true }],
    ['audiences', { audiences: 'urn:ac:mc' }],
    ['audiences', { audiences: [MARKER] }],
    ['audiences', { audiences: ['urn:ac:mc#fragment'] }],
    ['audiences', { audiences: ['urn:ac:mc', null] }],
    ['audiences', { audiences: Array.from({ length: 51 }, (_, index) => `urn:ac:${index}`) }],
    ['resource_ids', { resource_ids: [['urn:ac:mc']] }],
    ['resource_ids', { resource_ids: {} }],
    ['token_endpoint_auth_method', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['token_endpoint_auth_method', { token_endpoint_auth_method: 'none' }],
    ['jwks', { jwks: { keys: [] } }],
    ['jwks', { jwks: MARKER }],
    ['access_token_ttl', { access_token_ttl: 59 }],
    ['access_token_ttl', { access_token_ttl: 86_401 }],
    ['access_token_ttl', { access_token_ttl: 900.5 }],
    ['access_token_ttl', { access_token_ttl: '900' }],
    ['access_token_ttl', { access_token_ttl: 1e21 }],
    ['disabled', { disabled: 'true' }],
    ['disabled', { disabled: 0 }],
    ['client_id', { client_id: 'svc_0123456789ABCDEFabcdef' }],
    ['client_secret', { client_secret: MARKER }],
    ['created_at', { created_at: '2026-01-01T00:00:00Z' }],
    ['updated_at', { updated_at: null }],
    ['secrets', { secrets: [] }],
    ['version', { version: 1 }],
    ['grant_types', { grant_types: ['client_credentials'] }],
    ['a field', { [`${MARKER} ${MARKER}`]: 1 }],
    ['a field', { ['x'.repeat(41)]: 1 }],
    ['a field', JSON.parse('{"__proto__":{"disabled":true}}') as Record<string, unknown>],
  ])('%s: %j', async (field, wrong) => {
    await expectRefused('POST', CLIENTS, { body: { ...RIGHT, ...wrong } }, metadata(field))
    await expectRefused('PATCH', client, { body: wrong }, metadata(field))
  })
})

describe('a body of another media type is refused', () => {
  const body = JSON.stringify(RIGHT)
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'text/json', 'application/json; charset=latin1', 'x'])(
    '%s',
    async (type) => {
      const other = { status: 415, error: 'invalid_request' }
      await expectRefused('POST', CLIENTS, { body, type }, other)
      await expectRefused('PATCH', client, { body, type }, other)
      await expectRefused('POST', `${client}/rotate-secret`, { body, type }, other)
    },
  )

  it('a merge patch where there is nothing to patch', async () => {
    await expectRefused(
      'POST',
      CLIENTS,
      { body, type: 'application/merge-patch+json' },
      { status: 415, error: 'invalid_request', description: /application\/json / },
    )
  })

  it('JSON at the token endpoint', async () => {
    await expectRefused(
      'POST',
      '/oauth2/token',
      { body: { grant_type: 'client_credentials' } },
      { status: 415, error: 'invalid_request', description: /x-www-form-urlencoded/ },
    )
  })

  it('any where there is nothing to say', async () => {
    const none = { status: 415, error: 'invalid_request', description: /takes no body/ }
    await expectRefused('DELETE', client, { body: {} }, none)
    await expectRefused('DELETE', `${client}/secrets/sec_x`, { body: {} }, none)
  })

  it('a body of GET, before anything else is done', async () => {
    const connection = await RawConnection.open(service().apiPort)
    connection.send(
      `GET ${CLIENTS} HTTP/1.1\r\nHost: ac.test\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
    )
    expect((await connection.answer()).status).toBe(415)
    connection.destroy()
  })
})

describe('a query is refused', () => {
  it.each([
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=1e1',
    'limit=ten',
    'limit=',
    'limit=%31%30%30%30',
    `limit=${'9'.repeat(1000)}`,
    'limit=1&limit=2',
    'limit=1&l%69mit=2',
    'Limit=1',
    `${MARKER}=1`,
    `offset=${MARKER}`,
    'limit=1;cursor=x',
    'limit=%zz',
    'cursor=',
    `cursor=${MARKER}`,
    `cursor=${'A'.repeat(60)}`,
    `cursor=${Buffer.from('2026-01-01T00:00:00.000Z svc_a').toString('base64url')}`,
    `cursor=${'A'.repeat(10_000)}`,
  ])('of a listing: %s', async (query) => {
    await expectRefused('GET', `${CLIENTS}?${query}`, {}, malformed)
  })

  it.each([
    ['GET', '', undefined],
    ['PATCH', '', {}],
    ['DELETE', '', undefined],
    ['POST', '/rotate-secret', { grace_seconds: 0 }],
    ['DELETE', '/secrets/sec_x', undefined],
  ])('of a request that knows none, since it might mean something: %s %s?dry_run', async (method, path, body) => {
    for (const query of ['dry_run', `x=${MARKER}`, 'limit=1']) {
      await expectRefused(method, `${client}${path}?${query}`, { body }, malformed)
    }
  })
})

describe('a method that a path does not take', () => {
  const ONE = 'DELETE, GET, HEAD, PATCH'
  it.each([
    ['PUT', CLIENTS, 'GET, HEAD, POST'],
    ['DELETE', CLIENTS, 'GET, HEAD, POST'],
    ['OPTIONS', CLIENTS, 'GET, HEAD, POST'],
    ['POST', `${CLIENTS}/svc_${'0'.repeat(22)}`, ONE],
    ['PUT', `${CLIENTS}/svc_${'0'.repeat(22)}`, ONE],
    ['OPTIONS', `${CLIENTS}/svc_${'0'.repeat(22)}`, ONE],
    ['GET', `${CLIENTS}/x/rotate-secret`, 'POST'],
    ['GET', `${CLIENTS}/x/secrets/y`, 'DELETE'],
    ['GET', '/api/v1/admin/services/register', 'POST'],
  ])('is refused with those that it takes: %s %s', async (method, path, allow) => {
    const { status, headers } = await admin.call(method, path)
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow })
  })

  it('is not HEAD, where it takes GET', async () => {
    for (const path of [CLIENTS, client]) {
      const [head, read] = [await admin.call('HEAD', path), await admin.call('GET', path)]
      expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: '' })
      for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
        expect(head.headers.get(name)).toBe(read.headers.get(name))
      }
    }
  })
})

describe('a client that is not there', () => {
  it.each([
    `svc_${'0'.repeat(22)}`,
    MARKER,
    'svc_',
    `svc_${'0'.repeat(23)}`,
    'x'.repeat(129),
    'x'.repeat(4000),
    '..',
    "'",
    'constructor',
  ])('is told as such, whatever its id is said to be: %s', async (id) => {
    const path = `${CLIENTS}/${id}`
    const gone = { status: 404, error: 'not_found' }
    if (id !== '..') await expectRefused('GET', path, {}, { ...gone, description: /^no client of that id/ })
    await expectRefused('PATCH', `${path}/x/y`, { body: {} }, gone)
    if (id !== '..') await expectRefused('DELETE', path, {}, gone)
  })

  it.each(['%00', '%2e%2e', '%73vc_x', 'svc%5f', 'a%2fb'])('has no escapes in its id: %s', async (id) => {
    await expectRefused('GET', `${CLIENTS}/${id}`, {}, { status: 404, error: 'not_found' })
  })
})
