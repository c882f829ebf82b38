import { beforeAll, describe, expect, it } from '@jest/globals'
import { administrator } from './admin-api.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { get, requestToken } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

let client: RegisteredClient
beforeAll(async () => {
  client = await database().register()
})

const countEvents = async () => {
  const [row] = await database().query<{ count: string }>('select count(*) from audit_events')
  return row?.count
}

describe.each([
  [
    'the table is gone',
    'alter table audit_events rename to audit_events_away',
    'alter table audit_events_away rename to audit_events',
  ],
  [
    'the right to write is gone',
    'revoke insert on audit_events from ac_service',
    'grant insert on audit_events to ac_service',
  ],
  [
    'the database refuses the row',
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
     create trigger refuse before insert on audit_events for each row execute function refuse()`,
    'drop trigger refuse on audit_events; drop function refuse()',
  ],
  [
    'the row does not fit',
    'alter table audit_events add constraint nothing_fits check (false) not valid',
    'alter table audit_events drop constraint nothing_fits',
  ],
])('when no audit event can be written because %s', (_case, breakIt, mendIt) => {
  const whileBroken = async <T>(act: () => Promise<T>): Promise<T> => {
    await database().query(breakIt)
    try {
      return await act()
    } finally {
      await database().query(mendIt)
    }
  }

  it('no token is given out', async () => {
    expect((await requestToken(service().api, client)).status).toBe(200)
    const before = await countEvents()
    const answers = await whileBroken(() =>
      Promise.all(Array.from({ length: 20 }, () => requestToken(service().api, client))),
    )
    for (const { status, headers, json } of answers) {
      expect(status).toBe(503)
      expect(headers.get('retry-after')).toMatch(/^\d+$/)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(json).toEqual({
        error: 'temporarily_unavailable',
        error_description: 'the service cannot answer at the moment',
      })
    }
    expect(await countEvents()).toBe(before)
  })

  it('no client is registered, changed or removed, and no secret replaced', async () => {
    const admin = await administrator(database(), service())
    const { client_id: id, secrets } = await admin.create()
    const path = `/api/v1/admin/clients/${id}`
    const stored = () =>
      database().query(
        'select c::text, s::text from clients c left join client_secrets s using (client_id) order by 1, 2',
      )
    const before = await stored()
    const answers = await whileBroken(() =>
      Promise.all([
        admin.call('POST', '/api/v1/admin/clients', { body: { client_name: 'new', scope: 'a' } }),
        admin.patch(id, { client_name: 'renamed' }),
        admin.patch(id, { disabled: true }),
        admin.rotate(id, 0),
        admin.call('DELETE', `${path}/secrets/${String(secrets[0]?.id)}`),
        admin.delete(id),
      ]),
    )
    for (const { status, headers, text } of answers) {
      expect({ status, retryAfter: headers.get('retry-after') }).toEqual({
        status: 503,
        retryAfter: expect.stringMatching(/^[1-3]$/),
      })
      expect(text).not.toContain('acs_')
    }
    expect(await stored()).toEqual(before)
    expect((await admin.patch(id, { client_name: 'renamed' })).status).toBe(200)
  })

  it('no rejection is told either', async () => {
    const wrong = { id: client.id, secret: 'wrong' }
    const { status, headers } = await whileBroken(() => requestToken(service().api, wrong))
    expect({ status, challenge: headers.get('www-authenticate') }).toEqual({ status: 503, challenge: null })
  })

  it('no refusal is told either', async () => {
    const parameters = { scope: 'not:registered' }
    expect((await whileBroken(() => requestToken(service().api, client, { parameters }))).status).toBe(503)
  })

  it('the key set is still there', async () => {
    expect((await whileBroken(() => get(`${service().api}/.well-known/jwks.json`))).status).toBe(200)
  })

  it('the very next request after the repair gets its token', async () => {
    await whileBroken(() => requestToken(service().api, client))
    expect((await requestToken(service().api, client)).status).toBe(200)
  })
})

describe('the log', () => {
  it('says of each request that could not be served why, in the terms of the service', () => {
    const lines = service()
      .process.log()
      .filter(({ level }) => level === 'warn')
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line).toMatchObject({
        msg: 'a request could not be served',
        error: 'unavailable',
        dependency: 'audit trail',
        request_id: expect.any(String),
      })
    }
  })
})
