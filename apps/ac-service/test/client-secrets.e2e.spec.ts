import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { administrator, credentials, type AdminApi, type ShownClient } from './admin-api.ts'
import { eventually } from './eventually.ts'
import { useTwoServices } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken } from './token-request.ts'

const CLIENTS = '/api/v1/admin/clients'
const DAY = 86_400
const TWO_FLUSHES_MS = 10_500
const database = useServiceDatabase()

const services = useTwoServices(() => database().url, { AC_RATE_LIMIT_MAX_FAILURES: '10000' })

let admin: AdminApi
beforeAll(async () => {
  admin = await administrator(database(), services()[0])
})

/** The status of a token request with that secret at each of the two replicas, asked at once. */
const tokenStatuses = (client: ShownClient, secret: unknown) =>
  Promise.all(
    services().map(async ({ api }) => {
      const answer = await requestToken(api, { ...credentials(client), secret: String(secret) })
      return answer.status
    }),
  )

const WORKS = [200, 200]
const DEAD = [401, 401]

describe('a rotated secret', () => {
  it('works at both replicas at once, and so does the one before until its end', async () => {
    const client = await admin.create()
    const before = Date.now()
    const { status, json } = await admin.rotate(client.client_id, DAY)
    expect({ status, fields: Object.keys(json) }).toEqual({
      status: 200,
      fields: ['client_id', 'client_secret', 'previous_secret_expires_at'],
    })
    const end = Date.parse(String(json['previous_secret_expires_at']))
    expect(end).toBeGreaterThanOrEqual(before + DAY * 1000)
    expect(end).toBeLessThanOrEqual(Date.now() + DAY * 1000)
    expect(await tokenStatuses(client, json['client_secret'])).toEqual(WORKS)
    expect(await tokenStatuses(client, client.client_secret)).toEqual(WORKS)
    const { secrets } = await admin.at(services()[1]).read(client.client_id)
    expect(secrets.map(({ expires_at }) => expires_at)).toEqual([null, json['previous_secret_expires_at']])
  })

  it('without grace is the only one, at both replicas, at the very next request', async () => {
    const client = await admin.create()
    const first = await admin.rotate(client.client_id, 0)
    expect(await tokenStatuses(client, client.client_secret)).toEqual(DEAD)
    expect(await tokenStatuses(client, first.json['client_secret'])).toEqual(WORKS)
    const second = await admin.at(services()[1]).rotate(client.client_id, 0)
    expect(await tokenStatuses(client, first.json['client_secret'])).toEqual(DEAD)
    expect(await tokenStatuses(client, second.json['client_secret'])).toEqual(WORKS)
    expect((await admin.read(client.client_id)).secrets).toHaveLength(1)
  })

  it('has the one before end by itself when the grace is over', async () => {
    const client = await admin.create()
    await admin.rotate(client.client_id, 2)
    expect(await tokenStatuses(client, client.client_secret)).toEqual(WORKS)
    await eventually('the old secret is dead at both', async () => {
      const statuses = await tokenStatuses(client, client.client_secret)
      return statuses.every((status) => status === 401)
    })
    const [event] = await database().query(
      `select reason from audit_events where target = $1 and type = 'client.authentication_failed' limit 1`,
      [client.client_id],
    )
    expect(event).toEqual({ reason: 'expired_secret' })
  })

  it('looks to whoever has the old one like any wrong secret', async () => {
    const client = await admin.create()
    await admin.rotate(client.client_id, 1)
    const old = credentials(client)
    await eventually('it has expired', async () => (await requestToken(services()[0].api, old)).status === 401)
    const [expired, wrong] = [
      await requestToken(services()[0].api, old),
      await requestToken(services()[0].api, { ...old, secret: 'wrong' }),
    ]
    expect([expired.status, expired.text]).toEqual([wrong.status, wrong.text])
  })

  it('is not followed by a third one within the grace, until one is revoked', async () => {
    const client = await admin.create()
    const rotated = await admin.rotate(client.client_id, DAY)
    const refused = await admin.rotate(client.client_id, DAY)
    expect(refused).toMatchObject({ status: 409, json: { error: 'conflict' } })
    expect(refused.text).not.toContain('acs_')
    expect(await tokenStatuses(client, client.client_secret)).toEqual(WORKS)
    expect(await tokenStatuses(client, rotated.json['client_secret'])).toEqual(WORKS)
    const [newest] = (await admin.read(client.client_id)).secrets
    const path = `${CLIENTS}/${client.client_id}/secrets/${String(newest?.id)}`
    expect((await admin.call('DELETE', path)).status).toBe(204)
    expect((await admin.call('DELETE', path)).status).toBe(404)
    expect(await tokenStatuses(client, rotated.json['client_secret'])).toEqual(DEAD)
    expect(await tokenStatuses(client, client.client_secret)).toEqual(WORKS)
    expect((await admin.rotate(client.client_id, DAY)).status).toBe(200)
  })

  it('is one of two when eight rotations with grace come at once at both replicas', async () => {
    const client = await admin.create()
    const callers = services().map((service) => admin.at(service))
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (callers[index % 2] ?? admin).rotate(client.client_id, DAY)),
    )
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([200, 409, 409, 409, 409, 409, 409, 409])
    expect((await admin.read(client.client_id)).secrets).toHaveLength(2)
    const winner = answers.find(({ status }) => status === 200)
    expect(await tokenStatuses(client, winner?.json['client_secret'])).toEqual(WORKS)
    expect(await tokenStatuses(client, client.client_secret)).toEqual(WORKS)
  })

  it('is the only one that works after eight rotations without grace at once', async () => {
    const client = await admin.create()
    const callers = services().map((service) => admin.at(service))
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (callers[index % 2] ?? admin).rotate(client.client_id, 0)),
    )
    const working = await Promise.all(answers.map(({ json }) => tokenStatuses(client, json['client_secret'])))
    expect(working.filter((statuses) => statuses[0] === 200 && statuses[1] === 200)).toHaveLength(1)
    expect((await admin.read(client.client_id)).secrets).toHaveLength(1)
  })
})

describe('a request to rotate', () => {
  it('without a body, or an empty one, has a grace of a day', async () => {
    for (const call of [{}, { body: {} }, { body: '' }]) {
      const { client_id } = await admin.create()
      const { status, json } = await admin.call('POST', `${CLIENTS}/${client_id}/rotate-secret`, call)
      const grace = (Date.parse(String(json['previous_secret_expires_at'])) - Date.now()) / 1000
      expect({ status, hours: Math.round(grace / 3600) }).toEqual({ status: 200, hours: 24 })
    }
  })

  it.each([
    { grace_seconds: -1 },
    { grace_seconds: 2_592_001 },
    { grace_seconds: 1.5 },
    { grace_seconds: '60' },
    { grace_seconds: null },
    { grace_seconds: 1e300 },
    { grace: 60 },
    [],
    'grace_seconds=60',
  ])('is refused, and rotates nothing: %j', async (body) => {
    const { client_id, secrets } = await admin.create()
    const { status, json } = await admin.call('POST', `${CLIENTS}/${client_id}/rotate-secret`, { body })
    expect({ status, error: json['error'] }).toEqual({ status: 400, error: 'invalid_request' })
    expect((await admin.read(client_id)).secrets).toEqual(secrets)
  })
})

describe('the last use of a secret', () => {
  it('is known before long, whichever replica saw it, and written once a minute', async () => {
    const client = await admin.create()
    const before = Date.now()
    for (const { api } of services()) {
      for (let count = 0; count < 5; count++) expect((await requestToken(api, credentials(client))).status).toBe(200)
    }
    const lastUse = async () => (await admin.read(client.client_id)).secrets[0]?.last_used_at
    const used = await eventually('the use is written', async () => (await lastUse()) ?? undefined)
    expect(Date.parse(used)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(used)).toBeLessThanOrEqual(Date.now())
    const written = () =>
      database().query('select xmin::text as written from client_secrets where client_id = $1', [client.client_id])
    const first = await written()
    for (const { api } of services()) await requestToken(api, credentials(client))
    await sleep(TWO_FLUSHES_MS)
    expect(await written()).toEqual(first)
  })

  it('is no change of the client', async () => {
    const client = await admin.create()
    await requestToken(services()[0].api, credentials(client))
    await eventually(
      'the use is written',
      async () => (await admin.read(client.client_id)).secrets[0]?.last_used_at ?? undefined,
    )
    const { headers } = await admin.call('GET', `${CLIENTS}/${client.client_id}`)
    expect(headers.get('etag')).toBe('"1"')
  })

  it('costs no token when it cannot be written', async () => {
    const client = await admin.create()
    await database().query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
      create trigger refuse before update of last_used_at on client_secrets execute function refuse()`)
    expect(await tokenStatuses(client, client.client_secret)).toEqual(WORKS)
    await services()[0].process.logged('cannot write when client secrets were last used')
    expect(await tokenStatuses(client, client.client_secret)).toEqual(WORKS)
    await database().query('drop trigger refuse on client_secrets')
    await eventually(
      'the use is written',
      async () => (await admin.read(client.client_id)).secrets[0]?.last_used_at ?? undefined,
    )
  })
})
