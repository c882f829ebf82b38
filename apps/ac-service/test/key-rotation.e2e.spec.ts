import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { ageKeys, FORCED, publishedKids, rotateKeys, SCHEDULED, signingKid, tokenOf } from './key-administration.ts'
import { keyLife } from './key-life.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { get } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)
const api = () => service().api

let reader: RegisteredClient
let admin: RegisteredClient

beforeAll(async () => {
  reader = await database().register()
  admin = await database().register({ scope: `admin:services ${SCHEDULED} ${FORCED}` })
})

const token = (scope: string) => tokenOf(api(), admin, scope)
const kid = async (status: 'active' | 'next') => (await keyLife(database()).kids(status))[0]

describe('POST /internal/rotate-keys', () => {
  it('is done at once after the service was installed; tells exactly what was rotated, signs with the new key from then on, and publishes the one after', async () => {
    const [active, next] = [await kid('active'), await kid('next')]
    const { status, headers, json } = await rotateKeys(api(), await token(SCHEDULED))
    expect(status).toBe(200)
    expect(json).toStrictEqual({
      rotated: true,
      new_key_id: next,
      old_key_id: active,
      old_key_valid_until: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    })
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([
      expect.stringContaining('application/json'),
      'no-store',
    ])
    expect(await signingKid(api(), reader)).toBe(next)
    expect(new Set(await publishedKids(api()))).toEqual(new Set([active, next, await kid('next')]))
  })

  it('is refused for six days on schedule and for an hour by force after the one before it', async () => {
    for (const [scope, seconds] of [
      [SCHEDULED, 518_400],
      [FORCED, 3600],
      [`${SCHEDULED} ${FORCED}`, 3600],
    ] as const) {
      const { status, headers, json } = await rotateKeys(api(), await token(scope))
      const left = Number(headers.get('retry-after'))
      expect({ status, error: json['error'] }).toEqual({ status: 429, error: 'temporarily_unavailable' })
      expect([left <= seconds, left > seconds - 60, headers.get('cache-control')]).toEqual([true, true, 'no-store'])
    }
  })

  it('goes by the scope that allows more when a token has both', async () => {
    await ageKeys(database(), '1 hour')
    expect((await rotateKeys(api(), await token(SCHEDULED))).status).toBe(429)
    expect((await rotateKeys(api(), await token(`${SCHEDULED} ${FORCED}`))).status).toBe(200)
  })

  it('records who asked, and that it was by force', async () => {
    const [row] = await database().query(
      `select actor, reason, outcome, target, source is not null as has_source, request_id is not null as has_request
       from audit_events where type = 'signing_key.rotated' order by occurred_at desc limit 1`,
    )
    expect(row).toEqual({
      actor: admin.id,
      reason: 'forced',
      outcome: 'success',
      target: await kid('active'),
      has_source: true,
      has_request: true,
    })
  })
})

describe('what is not a rotation that somebody may ask for', () => {
  beforeEach(() => ageKeys(database(), '6 days'))

  it.each([
    ['no token', ''],
    ['no token at all', 'Bearer '],
    ['something else', 'Bearer x.y.z'],
    ['a client’s credentials', 'Basic c3ZjX2E6YQ=='],
  ])('is refused for %s', async (_case, authorization) => {
    const before = await kid('active')
    const { status, headers } = await get(`${api()}/internal/rotate-keys`, {
      method: 'POST',
      ...(authorization && { headers: { authorization } }),
    })
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer /)])
    expect(await kid('active')).toBe(before)
  })

  it('is refused for a token of another scope, or of another audience', async () => {
    const before = await kid('active')
    for (const other of [await token('admin:services'), await tokenOf(api(), reader)]) {
      expect([401, 403]).toContain((await rotateKeys(api(), other)).status)
    }
    expect(await kid('active')).toBe(before)
  })

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('is no %s', async (method) => {
    const { status, headers } = await get(`${api()}/internal/rotate-keys`, { method })
    expect([status, headers.get('allow')]).toEqual([405, 'POST'])
  })

  it.each([
    ['a field', 'application/json', '{"forced":true}', 400],
    ['a list', 'application/json', '[]', 400],
    ['broken JSON', 'application/json', '{', 400],
    ['a form', 'application/x-www-form-urlencoded', 'forced=true', 400],
    ['plain text', 'text/plain', 'now', 415],
  ])('has %s for a body', async (_case, type, body, expected) => {
    const before = await kid('active')
    const answer = await rotateKeys(api(), await token(FORCED), { headers: { 'content-type': type }, body })
    expect(answer).toMatchObject({ status: expected, json: { error: 'invalid_request' } })
    expect(await kid('active')).toBe(before)
  })

  it('has query parameters', async () => {
    const before = await kid('active')
    const { status } = await get(`${api()}/internal/rotate-keys?dry_run=true`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await token(FORCED)}` },
    })
    expect([status, await kid('active')]).toEqual([400, before])
  })

  it.each([
    ['an empty object', 'application/json', '{}'],
    ['nothing, with a type', 'application/json', ''],
    ['an empty form', 'application/x-www-form-urlencoded', ''],
  ])('is not %s: some callers cannot send less', async (_case, type, body) => {
    const answer = await rotateKeys(api(), await token(FORCED), { headers: { 'content-type': type }, body })
    expect(answer.status).toBe(200)
  })
})
