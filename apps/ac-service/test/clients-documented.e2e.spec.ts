import { beforeAll, describe, expect, it } from '@jest/globals'
import { AdminApi, administrator, type AdminCall } from './admin-api.ts'
import { DocumentedSchemas, type OpenApiDocument } from './openapi-document.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { get } from './token-request.ts'

const ALL = '/api/v1/admin/clients'
const ONE = '/api/v1/admin/clients/{client_id}'
const ROTATE = `${ONE}/rotate-secret`
const REVOKE = `${ONE}/secrets/{secret_id}`
const REGISTER = '/api/v1/admin/services/register'

const database = useServiceDatabase()
const service = useService(() => database().url)

let document: OpenApiDocument
let schemas: DocumentedSchemas
let admin: AdminApi
let nobody: AdminApi
let powerful: string

beforeAll(async () => {
  document = (await get(`${service().api}/openapi.json`)).json as unknown as OpenApiDocument
  schemas = new DocumentedSchemas(document)
  admin = await administrator(database(), service())
  nobody = new AdminApi(service().api, 'nobody')
  powerful = (await database().register({ scope: 'introspect:any' })).id
})

const FULL = { client_name: 'a service', scope: 'a b', region: 'eu', audiences: ['urn:a'], access_token_ttl: 60 }
const TYPE = { service_type: 'media-handler', region: 'eu' }
const STALE = { 'if-match': '"7"' }

/** Who asks what: of a client that was just registered and its secret, unless it names others. */
interface Asked extends AdminCall {
  readonly by?: 'nobody'
  readonly client?: 'gone' | 'powerful'
  readonly secret?: string
  readonly query?: string
}

async function ask(method: string, path: string, { by, client, secret, query = '', ...call }: Asked) {
  const fresh = await admin.create(FULL)
  const id = { gone: `svc_${'0'.repeat(22)}`, powerful, fresh: fresh.client_id }[client ?? 'fresh']
  const secretId = secret ?? fresh.secrets[0]?.id ?? ''
  const url = path.replace('{client_id}', id).replace('{secret_id}', secretId) + query
  return (by === 'nobody' ? nobody : admin).call(method.toUpperCase(), url, call)
}

describe('an answer about clients is as documented:', () => {
  it.each<[number, string, string, Asked]>([
    [200, 'get', ALL, { query: '?limit=2' }],
    [400, 'get', ALL, { query: '?limit=0' }],
    [401, 'get', ALL, { by: 'nobody' }],
    [201, 'post', ALL, { body: FULL }],
    [400, 'post', ALL, { body: { ...FULL, region: 'EU' } }],
    [401, 'post', ALL, { by: 'nobody', body: FULL }],
    [403, 'post', ALL, { body: { ...FULL, scope: 'introspect:any' } }],
    [415, 'post', ALL, { body: FULL, type: 'text/plain' }],
    [201, 'post', REGISTER, { body: TYPE }],
    [400, 'post', REGISTER, { body: { ...TYPE, service_type: 'x' } }],
    [401, 'post', REGISTER, { by: 'nobody', body: TYPE }],
    [415, 'post', REGISTER, { body: TYPE, type: 'text/plain' }],
    [200, 'get', ONE, {}],
    [400, 'get', ONE, { query: '?x=1' }],
    [401, 'get', ONE, { by: 'nobody' }],
    [404, 'get', ONE, { client: 'gone' }],
    [200, 'patch', ONE, { body: { region: null, audiences: [], disabled: true } }],
    [400, 'patch', ONE, { body: { client_id: 'x' } }],
    [401, 'patch', ONE, { by: 'nobody', body: {} }],
    [403, 'patch', ONE, { client: 'powerful', body: { client_name: 'x' } }],
    [404, 'patch', ONE, { client: 'gone', body: {} }],
    [412, 'patch', ONE, { body: {}, headers: STALE }],
    [415, 'patch', ONE, { body: {}, type: 'text/plain' }],
    [204, 'delete', ONE, {}],
    [400, 'delete', ONE, { headers: { 'if-match': '7' } }],
    [401, 'delete', ONE, { by: 'nobody' }],
    [404, 'delete', ONE, { client: 'gone' }],
    [412, 'delete', ONE, { headers: STALE }],
    [200, 'post', ROTATE, { body: { grace_seconds: 60 } }],
    [400, 'post', ROTATE, { body: { grace_seconds: -1 } }],
    [401, 'post', ROTATE, { by: 'nobody' }],
    [403, 'post', ROTATE, { client: 'powerful' }],
    [404, 'post', ROTATE, { client: 'gone' }],
    [412, 'post', ROTATE, { headers: STALE }],
    [415, 'post', ROTATE, { body: {}, type: 'text/plain' }],
    [204, 'delete', REVOKE, {}],
    [400, 'delete', REVOKE, { query: '?x=1' }],
    [401, 'delete', REVOKE, { by: 'nobody' }],
    [403, 'delete', REVOKE, { client: 'powerful' }],
    [404, 'delete', REVOKE, { secret: 'sec_none' }],
    [412, 'delete', REVOKE, { headers: STALE }],
  ])('%i %s %s', async (status, method, path, asked) => {
    const answer = await ask(method, path, asked)
    expect({ status: answer.status, text: answer.text }).toEqual({ status, text: expect.anything() })
    const { content } = document.paths[path]?.[method]?.responses[status] ?? {}
    const schema = content?.['application/json']?.schema
    if (status === 204) expect({ schema, text: answer.text }).toEqual({ schema: undefined, text: '' })
    else expect(schemas.faults(schema ?? { not: {} }, answer.json)).toEqual([])
  })

  it('409 post rotate-secret', async () => {
    const { client_id: id } = await admin.create()
    await admin.rotate(id, 60)
    const { status, json } = await admin.rotate(id, 60)
    const { content } = document.paths[ROTATE]?.['post']?.responses[409] ?? {}
    expect(status).toBe(409)
    expect(schemas.faults(content?.['application/json']?.schema ?? { not: {} }, json)).toEqual([])
  })
})
