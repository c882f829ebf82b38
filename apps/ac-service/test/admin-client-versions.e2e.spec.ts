import { beforeAll, describe, expect, it } from '@jest/globals'
import { administrator, type AdminApi } from './admin-api.ts'
import { useTwoServices } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import type { ReadAnswer } from './token-request.ts'

const CLIENTS = '/api/v1/admin/clients'
const database = useServiceDatabase()

const services = useTwoServices(() => database().url)

let admin: AdminApi
let other: AdminApi

beforeAll(async () => {
  const [one, two] = services()
  admin = await administrator(database(), one)
  other = admin.at(two)
})

const statuses = (answers: readonly ReadAnswer[]) => answers.map(({ status }) => status).toSorted((a, b) => a - b)

describe('two administrators at two replicas', () => {
  it('who patch one version of a client: one is heard, the other learns that it has changed', async () => {
    for (let round = 0; round < 10; round++) {
      const { client_id: id } = await admin.create()
      const answers = await Promise.all([
        admin.patch(id, { client_name: 'by one' }, { 'if-match': '"1"' }),
        other.patch(id, { region: 'by-other' }, { 'if-match': '"1"' }),
      ])
      expect(statuses(answers)).toEqual([200, 412])
      const winner = answers.find(({ status }) => status === 200)
      expect(winner?.headers.get('etag')).toBe('"2"')
      expect(await other.read(id)).toEqual(winner?.json)
    }
  })

  it('of whom one deletes and the other patches one version: exactly one is heard', async () => {
    for (let round = 0; round < 5; round++) {
      const { client_id: id } = await admin.create()
      const answers = await Promise.all([
        admin.delete(id, { 'if-match': '"1"' }),
        other.patch(id, { client_name: 'renamed' }, { 'if-match': '"1"' }),
      ])
      const [deleted, patched] = answers.map(({ status }) => status)
      expect([
        [204, 404],
        [412, 200],
      ]).toContainEqual([deleted, patched])
    }
  })

  it('who patch without a condition: both are heard, and no field is lost', async () => {
    const { client_id: id } = await admin.create({ scope: 's0' })
    const fields = ['client_name', 'region', 'service_type', 'token_endpoint_auth_method', 'access_token_ttl', 'scope']
    const values = ['renamed', 'eu', 'mh', 'client_secret_post', 77, 's1 s2']
    const patches = fields.map((field, index) => ({ [field]: values[index] }))
    const answers = await Promise.all(patches.map((patch, index) => (index % 2 ? admin : other).patch(id, patch)))
    expect(statuses(answers)).toEqual(patches.map(() => 200))
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(patches.length)
    expect(await admin.read(id)).toMatchObject(Object.assign({}, ...patches) as object)
  })

  it('see each other\u2019s changes at the next request', async () => {
    const { client_id: id } = await admin.create()
    for (const name of ['first', 'second', 'third']) {
      await admin.patch(id, { client_name: name })
      expect(await other.read(id)).toMatchObject({ client_name: name })
    }
  })
})

describe('If-Match', () => {
  it.each([
    ['the version of now', '"2"', 200],
    ['one of several', '"1", "2"', 200],
    ['any version', '*', 200],
    ['an old version', '"1"', 412],
    ['a version to come', '"3"', 412],
    ['a weak tag, which never matches', 'W/"2"', 412],
    ['a tag that was never given', '"x"', 412],
    ['something that is no tag', '2', 400],
    ['nothing', '', 400],
  ])('with %s: %s', async (_case, condition, status) => {
    const { client_id: id } = await admin.create()
    await admin.patch(id, { client_name: 'second version' })
    const patched = await admin.patch(id, { client_name: 'third version' }, { 'if-match': condition })
    expect(patched.status).toBe(status)
    expect(await admin.read(id)).toMatchObject({ client_name: `${status === 200 ? 'third' : 'second'} version` })
  })

  it('holds for deleting', async () => {
    const { client_id: id } = await admin.create()
    await admin.patch(id, { client_name: 'second version' })
    expect((await admin.delete(id, { 'if-match': '"1"' })).status).toBe(412)
    expect((await admin.read(id)).client_id).toBe(id)
    expect((await admin.delete(id, { 'if-match': '"2"' })).status).toBe(204)
  })

  it('holds for rotating and revoking secrets as well', async () => {
    const { client_id: id, secrets } = await admin.create()
    const path = `${CLIENTS}/${id}`
    const stale = { 'if-match': '"7"' }
    const rotated = await admin.call('POST', `${path}/rotate-secret`, { body: { grace_seconds: 0 }, headers: stale })
    expect(rotated).toMatchObject({ status: 412, json: { error: 'precondition_failed' } })
    const revoked = await admin.call('DELETE', `${path}/secrets/${String(secrets[0]?.id)}`, { headers: stale })
    expect(revoked.status).toBe(412)
    expect((await admin.read(id)).secrets).toEqual(secrets)
  })

  it('says nothing about a client that is not there', async () => {
    const path = `${CLIENTS}/svc_${'0'.repeat(22)}`
    expect((await admin.call('PATCH', path, { body: {}, headers: { 'if-match': '*' } })).status).toBe(404)
  })
})
