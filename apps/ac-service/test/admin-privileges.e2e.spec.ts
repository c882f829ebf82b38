import { beforeAll, describe, expect, it } from '@jest/globals'
import { AdminApi, administrator, credentials } from './admin-api.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken, type ReadAnswer } from './token-request.ts'

const CLIENTS = '/api/v1/admin/clients'
const PRIVILEGED = ['admin:services', 'service.rotate-keys.ac', 'admin.force-rotate-keys.ac', 'introspect:any']

const database = useServiceDatabase()
const service = useService(() => database().url, {
  AC_SERVICE_TYPE_SCOPES: 'key-rotator=service.rotate-keys.ac;media-handler=service.write.mc',
})

let self: RegisteredClient
let admin: AdminApi
beforeAll(async () => {
  self = await database().register({ scope: 'admin:services' })
  admin = await AdminApi.as(self, service())
})

/** Expects a refusal for want of a privilege that leaves the client as it was and an event in the audit trail. */
async function expectDenied(attempt: () => Promise<ReadAnswer>, target: string | null): Promise<void> {
  const clients = () => database().query('select c::text as row from clients c order by client_id')
  const before = await clients()
  const { status, json, text, headers } = await attempt()
  expect({ status, error: json['error'] }).toEqual({ status: 403, error: 'insufficient_scope' })
  expect(headers.get('www-authenticate')).toMatch(/^Bearer .*error="insufficient_scope".*scope="[a-z:. -]+"$/)
  expect(text).not.toContain('acs_')
  expect(await clients()).toEqual(before)
  const [event] = await database().query(
    `select outcome, reason, actor, target from audit_events where type = 'admin.access_denied' order by occurred_at desc, sequence desc limit 1`,
  )
  expect(event).toEqual({ outcome: 'failure', reason: 'privilege_missing', actor: self.id, target })
}

describe('an administrator with admin:services alone', () => {
  it.each(PRIVILEGED.slice(1))('cannot register a client with %s', async (scope) => {
    const body = { client_name: 'mine', scope: `a ${scope}` }
    await expectDenied(() => admin.call('POST', CLIENTS, { body }), null)
  })

  it.each(PRIVILEGED.slice(1))('cannot give %s to a client, not even to itself', async (scope) => {
    const { client_id: id } = await admin.create()
    for (const patch of [{ scope: `a b ${scope}` }, { scope, disabled: true }]) {
      await expectDenied(() => admin.patch(id, patch), id)
    }
    await expectDenied(() => admin.patch(self.id, { scope: `admin:services ${scope}` }), self.id)
  })

  it('cannot get a privileged scope by the way of a service type', async () => {
    const register = (service_type: string) =>
      admin.call('POST', '/api/v1/admin/services/register', { body: { service_type, region: 'eu' } })
    await expectDenied(() => register('key-rotator'), null)
    expect((await register('media-handler')).status).toBe(201)
  })

  it.each(PRIVILEGED.slice(1))('cannot become a client that has %s, nor bend it', async (scope) => {
    const victim = await database().register({ scope: `a ${scope}` })
    const { secrets } = await admin.read(victim.id)
    await expectDenied(() => admin.rotate(victim.id, 0), victim.id)
    await expectDenied(() => admin.rotate(victim.id, 3600), victim.id)
    const secret = `${CLIENTS}/${victim.id}/secrets/${String(secrets[0]?.id)}`
    await expectDenied(() => admin.call('DELETE', secret), victim.id)
    for (const patch of [
      { client_name: 'mine' },
      { access_token_ttl: 86_400 },
      { audiences: ['urn:x'] },
      { scope: 'a' },
    ]) {
      await expectDenied(() => admin.patch(victim.id, patch), victim.id)
    }
    expect((await requestToken(service().api, victim)).status).toBe(200)
  })

  it('can stop such a client, and cannot start it again', async () => {
    const suspect = await database().register({ scope: 'service.rotate-keys.ac' })
    expect((await admin.patch(suspect.id, { disabled: true })).status).toBe(200)
    expect((await requestToken(service().api, suspect)).status).toBe(401)
    await expectDenied(() => admin.patch(suspect.id, { disabled: false }), suspect.id)
    expect((await admin.patch(suspect.id, { disabled: null })).status).toBe(400)
    expect((await admin.delete(suspect.id)).status).toBe(204)
  })

  it('learns that it lacks a privilege before it learns that the client has changed', async () => {
    const victim = await database().register({ scope: 'introspect:any' })
    await expectDenied(() => admin.patch(victim.id, { client_name: 'x' }, { 'if-match': '"99"' }), victim.id)
  })

  it('cannot outrun somebody who gives the scope at the same moment', async () => {
    const root = await administrator(database(), service(), PRIVILEGED.join(' '))
    for (let round = 0; round < 5; round++) {
      const { client_id: id } = await root.create()
      const [granted, rotated] = await Promise.all([
        root.patch(id, { scope: 'service.rotate-keys.ac' }),
        admin.rotate(id, 0),
      ])
      expect(granted.status).toBe(200)
      if (rotated.status === 403) continue
      // It was first: what it got is the secret of a client that had no power yet, and is known to have been rotated.
      expect(rotated.status).toBe(200)
      const events = await database().query<{ type: string }>(
        `select type from audit_events where target = $1 and type in ('client.updated', 'client.secret_rotated') order by occurred_at, sequence`,
        [id],
      )
      expect(events.map(({ type }) => type)).toEqual(['client.secret_rotated', 'client.updated'])
    }
  })
})

describe('an administrator', () => {
  it('hands on the privileges that the token carries, and no others that the client has', async () => {
    const client = await database().register({ scope: PRIVILEGED.join(' ') })
    const narrowed = await AdminApi.as(client, service(), 'admin:services introspect:any')
    const { client_id } = await narrowed.create({ scope: 'introspect:any admin:services' })
    expect((await narrowed.patch(client_id, { client_name: 'renamed' })).status).toBe(200)
    const beyond = await narrowed.call('POST', CLIENTS, { body: { client_name: 'x', scope: 'service.rotate-keys.ac' } })
    expect(beyond.status).toBe(403)
    const whole = await AdminApi.as(client, service())
    const heir = await whole.create({ scope: PRIVILEGED.join(' ') })
    expect((await requestToken(service().api, credentials(heir))).json['scope']).toBe(PRIVILEGED.join(' '))
  })

  it('is let in by its token for this service alone', async () => {
    const stranger = await database().register({ scope: 'a' })
    const token = (await requestToken(service().api, stranger)).json['access_token']
    for (const path of [CLIENTS, `${CLIENTS}/${self.id}`]) {
      const answers = [
        await new AdminApi(service().api, String(token)).call('GET', path),
        await new AdminApi(service().api, 'nonsense').call('GET', path),
        await admin.call('GET', path, { headers: { authorization: `Basic ${btoa(`${self.id}:${self.secret}`)}` } }),
      ]
      for (const { status } of answers) expect([401, 403]).toContain(status)
    }
  })
})
