import { beforeAll, describe, expect, it } from '@jest/globals'
import { AdminApi, administrator, credentials } from './admin-api.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken } from './token-request.ts'

const CLIENTS = '/api/v1/admin/clients'
const FULL = {
  client_name: 'Z\u00fcrich \u4f1a\u8b70 \u{1f3a5} "quoted"',
  service_type: 'media-handler',
  region: 'eu-central-1',
  scope: 'service.write.mc service.write.gc',
  audiences: ['urn:ac:mc', 'https://gc.test/api'],
  resource_ids: ['urn:ac:mh'],
  token_endpoint_auth_method: 'client_secret_post',
  access_token_ttl: 900,
  disabled: false,
}

const READ_ONLY = ['client_id', 'client_secret', 'created_at', 'updated_at', 'secrets']

const database = useServiceDatabase()
const service = useService(() => database().url)

let admin: AdminApi
beforeAll(async () => {
  admin = await administrator(database(), service())
})

const eventsOf = (id: string) =>
  database().query<{ type: string; actor: string }>(
    'select type, actor from audit_events where target = $1 order by occurred_at, sequence',
    [id],
  )

describe('a client that is registered', () => {
  it('is answered whole, where it is, at which version, and with its secret', async () => {
    const { status, headers, json } = await admin.call('POST', CLIENTS, { body: FULL })
    const { client_id, client_secret, created_at, updated_at, secrets, ...fields } = json
    expect({ status, fields }).toEqual({ status: 201, fields: { ...FULL, jwks: null } })
    expect(client_id).toMatch(/^svc_[0-9A-Za-z]{22}$/)
    expect(client_secret).toMatch(/^acs_[0-9A-Za-z]{49}$/)
    expect([created_at, updated_at]).toEqual([expect.stringMatching(/^\d{4}-.*Z$/), created_at])
    expect(secrets).toEqual([{ id: expect.stringMatching(/^sec_/), created_at, expires_at: null, last_used_at: null }])
    expect(headers.get('location')).toBe(`${CLIENTS}/${String(client_id)}`)
    expect(headers.get('etag')).toBe('"1"')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('needs a name and a scope, has defaults for the rest, and may be sent as it is read', async () => {
    const client = await admin.create()
    const fields = Object.fromEntries(Object.entries(client).filter(([name]) => !READ_ONLY.includes(name)))
    expect(fields).toEqual({
      client_name: 'a service',
      scope: 'a b',
      service_type: null,
      region: null,
      audiences: [],
      resource_ids: [],
      token_endpoint_auth_method: 'client_secret_basic',
      jwks: null,
      access_token_ttl: null,
      disabled: false,
    })
    expect(await admin.create(fields)).toMatchObject(fields)
  })

  it('gets tokens at once, with what was registered in them', async () => {
    const client = await admin.create({ ...FULL, token_endpoint_auth_method: 'client_secret_basic' })
    const { status, json } = await requestToken(service().api, credentials(client))
    expect({ status, expires_in: json['expires_in'], scope: json['scope'] }).toEqual({
      status: 200,
      expires_in: 900,
      scope: FULL.scope,
    })
  })

  it('is read as it was answered, and never again with its secret', async () => {
    const { client_secret: secret, ...client } = await admin.create()
    const { json, text, headers } = await admin.call('GET', `${CLIENTS}/${client.client_id}`)
    expect(json).toEqual(client)
    expect(headers.get('etag')).toBe('"1"')
    const listed = await admin.call('GET', `${CLIENTS}?limit=100`)
    expect(listed.json['clients']).toContainEqual(client)
    const changed = await admin.patch(client.client_id, { client_name: 'renamed' })
    for (const answer of [text, listed.text, changed.text]) expect(answer).not.toContain(secret)
    expect(await database().dump()).not.toContain(secret)
    expect(service().process.output).not.toContain(secret)
  })

  it('is in the audit trail under the name of who registered it', async () => {
    const { client_id } = await admin.create()
    const [self] = await database().query<{ client_id: string }>(
      `select client_id from clients where client_name = 'an administrator'`,
    )
    expect(await eventsOf(client_id)).toEqual([{ type: 'client.created', actor: self?.client_id }])
  })
})

describe('a client that is patched', () => {
  it('changes in what the patch names, and null takes a field back to its default', async () => {
    const { client_secret: _, updated_at, ...before } = await admin.create(FULL)
    const patch = { client_name: 'renamed', region: null, audiences: null, access_token_ttl: null, scope: 'c' }
    const { status, json, headers } = await admin.patch(before.client_id, patch)
    expect(status).toBe(200)
    expect(json).toEqual({ ...before, ...patch, audiences: [], updated_at: expect.any(String) })
    expect(Date.parse(String(json['updated_at']))).toBeGreaterThanOrEqual(Date.parse(updated_at))
    expect(headers.get('etag')).toBe('"2"')
    expect(await admin.read(before.client_id)).toEqual(json)
  })

  it('stays at its version when nothing changes', async () => {
    const { client_id } = await admin.create()
    for (const patch of [{}, { client_name: 'a service', scope: 'a b', disabled: false, jwks: null }]) {
      const { status, headers } = await admin.patch(client_id, patch)
      expect({ status, etag: headers.get('etag') }).toEqual({ status: 200, etag: '"1"' })
    }
    expect(await eventsOf(client_id)).toHaveLength(1)
  })

  it('takes a patch as plain JSON, too', async () => {
    const { client_id } = await admin.create()
    const body = { client_name: 'renamed' }
    expect(await admin.call('PATCH', `${CLIENTS}/${client_id}`, { body })).toMatchObject({ status: 200, json: body })
  })

  it('gets no token while it is disabled, and tokens again afterwards', async () => {
    const client = await admin.create()
    const tokenStatus = async () => (await requestToken(service().api, credentials(client))).status
    expect(await admin.patch(client.client_id, { disabled: true })).toMatchObject({ json: { disabled: true } })
    expect(await tokenStatus()).toBe(401)
    expect(await admin.patch(client.client_id, { disabled: false })).toMatchObject({ json: { disabled: false } })
    expect(await tokenStatus()).toBe(200)
    const types = (await eventsOf(client.client_id)).map(({ type }) => type)
    expect(types).toEqual(['client.created', 'client.disabled', 'client.authentication_failed', 'client.enabled'])
  })

  it('has its new scopes in the next token', async () => {
    const client = await admin.create()
    await admin.patch(client.client_id, { scope: 'b c' })
    expect((await requestToken(service().api, credentials(client))).json['scope']).toBe('b c')
  })
})

describe('a client that is deleted', () => {
  it('is gone with its secrets, and the audit trail keeps it', async () => {
    const client = await admin.create()
    const deleted = await admin.delete(client.client_id)
    expect({ status: deleted.status, text: deleted.text }).toEqual({ status: 204, text: '' })
    for (const answer of [
      await admin.call('GET', `${CLIENTS}/${client.client_id}`),
      await admin.patch(client.client_id, { disabled: false }),
      await admin.delete(client.client_id),
      await admin.rotate(client.client_id, 0),
    ]) {
      expect(answer).toMatchObject({ status: 404, json: { error: 'not_found' } })
    }
    expect((await requestToken(service().api, credentials(client))).status).toBe(401)
    expect((await eventsOf(client.client_id)).map(({ type }) => type).slice(0, 2)).toEqual([
      'client.created',
      'client.deleted',
    ])
    const [row] = await database().query('select count(*)::int as count from client_secrets where client_id = $1', [
      client.client_id,
    ])
    expect(row).toEqual({ count: 0 })
  })
})

describe('the tokens of an administrator', () => {
  const list = (caller: AdminApi) => caller.call('GET', CLIENTS)

  it('open nothing from the moment on that he is disabled, and again when he is enabled', async () => {
    const client = await admin.create({ scope: 'admin:services' })
    const other = await AdminApi.as(credentials(client), service())
    expect((await list(other)).status).toBe(200)
    await admin.patch(client.client_id, { disabled: true })
    expect(await list(other)).toMatchObject({ status: 401, json: { error: 'invalid_token' } })
    await admin.patch(client.client_id, { disabled: false })
    expect((await list(other)).status).toBe(200)
  })

  it('open nothing once he has deleted himself', async () => {
    const client = await admin.create({ scope: 'admin:services' })
    const other = await AdminApi.as(credentials(client), service())
    expect((await other.delete(client.client_id)).status).toBe(204)
    expect(await list(other)).toMatchObject({ status: 401, json: { error: 'invalid_token' } })
  })
})

describe('a service that is registered by its type', () => {
  it.each([
    ['global-controller', 'service.write.mc internal:meeting-token'],
    ['meeting-controller', 'service.write.mh service.write.gc'],
    ['media-handler', 'service.write.mc service.write.gc'],
  ])('%s gets the scopes %s', async (type, scope) => {
    const body = { service_type: type, region: 'eu-central-1' }
    const { status, json, headers } = await admin.call('POST', '/api/v1/admin/services/register', { body })
    expect({ status, json }).toMatchObject({
      status: 201,
      json: { ...body, scope, client_name: `${type} (eu-central-1)` },
    })
    expect(headers.get('location')).toBe(`${CLIENTS}/${String(json['client_id'])}`)
    const client = { id: String(json['client_id']), secret: String(json['client_secret']) }
    expect((await requestToken(service().api, client)).json['scope']).toBe(scope)
  })

  it.each([
    [{ service_type: 'unheard-of', region: 'eu' }, 'service_type'],
    [{ region: 'eu' }, 'service_type'],
    [{ service_type: null, region: 'eu' }, 'service_type'],
    [{ service_type: ['media-handler'], region: 'eu' }, 'service_type'],
    [{ service_type: 'media-handler' }, 'region'],
    [{ service_type: 'media-handler', region: 'EU' }, 'region'],
    [{ service_type: 'media-handler', region: 7 }, 'region'],
    [{ service_type: 'media-handler', region: 'eu', scope: 'a' }, 'scope'],
  ])('is refused with the name of the field that is wrong: %j', async (body, field) => {
    const { status, json } = await admin.call('POST', '/api/v1/admin/services/register', { body })
    expect({ status, error: json['error'] }).toEqual({ status: 400, error: 'invalid_client_metadata' })
    expect(json['error_description']).toMatch(new RegExp(`^${field} is not valid: `))
  })
})
