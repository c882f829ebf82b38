import { NO_ORIGIN } from '@ac/kernel'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from './eventually.ts'
import {
  FORCED,
  listKeys,
  publishedKids,
  revokeKey,
  rotateKeys,
  SCHEDULED,
  signingKid,
  tokenOf,
} from './key-administration.ts'
import { keyLife } from './key-life.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { get } from './token-request.ts'

const database = useServiceDatabase()
let one: RunningService
let other: RunningService
let reader: RegisteredClient
let admin: RegisteredClient

beforeAll(async () => {
  reader = await database().register()
  admin = await database().register({ scope: `admin:services ${SCHEDULED} ${FORCED}` })
  ;[one, other] = await Promise.all([startService(database().url), startService(database().url)])
})
afterAll(() => Promise.all([one.stop(), other.stop()]))

const token = (scope: string) => tokenOf(one.api, admin, scope)
const kid = async (status: 'active' | 'next' | 'retiring') => (await keyLife(database()).kids(status))[0] ?? ''
const revoke = async (id: string) => revokeKey(one.api, await token(FORCED), id)

/** Resolves when the other service, too, publishes exactly these keys and signs with the first. */
async function expectEverywhere(signing: string, ...others: readonly string[]): Promise<void> {
  expect(await signingKid(one.api, reader)).toBe(signing)
  expect([...(await publishedKids(one.api))].toSorted()).toEqual([signing, ...others].toSorted())
  await eventually('the other service follows', async () => (await signingKid(other.api, reader)) === signing)
  await eventually('it publishes the same', async () => {
    return [...(await publishedKids(other.api))].toSorted().join() === [signing, ...others].toSorted().join()
  })
}

describe('revoking a key', () => {
  it('that is active has the next one sign at once, although it is younger than any rotation would take', async () => {
    const [active, next] = [await kid('active'), await kid('next')]
    const { status, headers, json } = await revoke(active)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(json).toEqual({
      kid: active,
      status: 'revoked',
      alg: 'EdDSA',
      created_at: expect.any(String),
      activated_at: expect.any(String),
      retires_at: expect.any(String),
    })
    await expectEverywhere(next, await kid('next'))
  })

  it('has the tokens that it signed refused at once at the service that was asked, and soon at the other', async () => {
    const old = await token(`admin:services ${FORCED}`)
    expect((await listKeys(one.api, old)).status).toBe(200)
    expect((await revokeKey(one.api, old, await kid('active'))).status).toBe(200)
    expect((await listKeys(one.api, old)).status).toBe(401)
    await eventually('the other refuses it', async () => (await listKeys(other.api, old)).status === 401)
  })

  it('that is next has another one wait', async () => {
    const [active, next] = [await kid('active'), await kid('next')]
    expect((await revoke(next)).json).toMatchObject({ kid: next, status: 'revoked', activated_at: null })
    await expectEverywhere(active, await kid('next'))
    expect(await kid('next')).not.toBe(next)
  })

  it('that is retiring takes it out of the JWKS before its time', async () => {
    const { rotator } = keyLife(database())
    await rotator.rotate({ forced: true, actor: 'acctl' }, NO_ORIGIN)
    const retiring = await kid('retiring')
    await eventually('it is still published', async () => (await publishedKids(one.api)).includes(retiring))
    expect((await revoke(retiring)).status).toBe(200)
    await expectEverywhere(await kid('active'), await kid('next'))
  })

  it('does not let a rotation come sooner', async () => {
    const { status, headers } = await rotateKeys(one.api, await token(FORCED))
    expect([status, Number(headers.get('retry-after')) > 3000]).toEqual([429, true])
  })

  it('is recorded with who asked', async () => {
    const rows = await database().query(
      `select type, reason, actor from audit_events
       where type = 'signing_key.revoked' or reason = 'revocation' order by occurred_at, sequence limit 2`,
    )
    expect(rows).toEqual([
      { type: 'signing_key.revoked', reason: null, actor: admin.id },
      { type: 'signing_key.rotated', reason: 'revocation', actor: admin.id },
    ])
  })
})

describe('a revocation', () => {
  it('of a key that is revoked already is a conflict', async () => {
    const [revoked = ''] = await keyLife(database()).kids('revoked')
    expect(await revoke(revoked)).toMatchObject({
      status: 409,
      json: { error: 'conflict', error_description: 'the signing key is revoked already' },
    })
  })

  it.each(['nobody', '-', '0'.repeat(43), 'a'.repeat(100), '..', '%2e', "';--", 'null'])(
    'of something that is no key finds nothing: %s',
    async (id) => {
      const { status, json, text } = await revoke(id)
      expect({ status, error: json['error'] }).toEqual({ status: 404, error: 'not_found' })
      if (id.length > 4) expect(text).not.toContain(id)
    },
  )

  it('takes the scope to force, and no other', async () => {
    const active = await kid('active')
    for (const scope of ['admin:services', SCHEDULED, `admin:services ${SCHEDULED}`]) {
      expect((await revokeKey(one.api, await token(scope), active)).status).toBe(403)
    }
    const nobody = await get(`${one.api}/api/v1/admin/keys/${active}/revoke`, { method: 'POST' })
    expect(nobody.status).toBe(401)
    expect(await kid('active')).toBe(active)
  })

  it('takes nothing to be told, and is not done when it is', async () => {
    const active = await kid('active')
    const init = { headers: { 'content-type': 'application/json' }, body: '{"reason":"stolen"}' }
    expect((await revokeKey(one.api, await token(FORCED), active, init)).status).toBe(400)
    expect(await kid('active')).toBe(active)
  })
})

describe('GET /api/v1/admin/keys', () => {
  it('lists every key that is or was, newest first, and nothing of its material', async () => {
    const { status, json, text } = await listKeys(one.api, await token('admin:services'))
    const { keys } = await database().signingKeys().read()
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(['keys'])
    expect(json['keys']).toEqual(
      keys.map((key) => ({
        kid: key.kid,
        status: key.status,
        alg: 'EdDSA',
        created_at: key.createdAt.toISOString(),
        activated_at: key.activatedAt?.toISOString() ?? null,
        retires_at: key.retiresAt?.toISOString() ?? null,
      })),
    )
    expect(text).not.toMatch(/sealed|private|"x"/)
  })

  it('takes admin:services, and no other scope', async () => {
    for (const scope of [SCHEDULED, FORCED, `${SCHEDULED} ${FORCED}`]) {
      expect((await listKeys(one.api, await token(scope))).status).toBe(403)
    }
    expect((await get(`${one.api}/api/v1/admin/keys`)).status).toBe(401)
  })

  it('takes no parameters', async () => {
    expect((await listKeys(one.api, await token('admin:services'), '?status=active')).status).toBe(400)
  })
})
