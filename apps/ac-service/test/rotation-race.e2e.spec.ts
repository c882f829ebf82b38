import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { eventually } from './eventually.ts'
import { fetchAt } from './fetch-at.ts'
import { ageKeys, FORCED, publishedKids, rotateKeys, SCHEDULED, signingKid, tokenOf } from './key-administration.ts'
import { keyLife } from './key-life.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'
import type { ReadAnswer } from './token-request.ts'

const AT_ONCE = 50

const database = useServiceDatabase()
let services: readonly RunningService[]
let reader: RegisteredClient
let rotator: RegisteredClient

beforeAll(async () => {
  reader = await database().register()
  rotator = await database().register({ scope: `${SCHEDULED} ${FORCED}` })
  services = await Promise.all([1, 2].map(() => startService(database().url)))
})
afterAll(() => Promise.all(services.map((service) => service.stop())))

const apis = () => services.map(({ api }) => api)

/** Fifty rotations at once, half of them at each service. */
async function fiftyRotations(scope: string): Promise<readonly ReadAnswer[]> {
  const [one = '', other = ''] = apis()
  const token = await tokenOf(one, rotator, scope)
  return Promise.all(Array.from({ length: AT_ONCE }, (_, index) => rotateKeys(index % 2 ? one : other, token)))
}

describe.each([
  ['forced', FORCED, '1 hour', 3600],
  ['scheduled', SCHEDULED, '6 days', 518_400],
])('fifty %s rotations at once over two services', (_kind, scope, interval, seconds) => {
  let before: { active: string; next: string }
  let old: string
  let answers: readonly ReadAnswer[]

  beforeAll(async () => {
    const { kids } = keyLife(database())
    const [active = '', next = ''] = [...(await kids('active')), ...(await kids('next'))]
    before = { active, next }
    old = await tokenOf(services[0]?.api ?? '', reader)
    await ageKeys(database(), interval)
    answers = await fiftyRotations(scope)
  })

  it('are one that is done and forty-nine that are told when to come again', () => {
    const refused = answers.filter(({ status }) => status === 429)
    expect([answers.filter(({ status }) => status === 200).length, refused.length]).toEqual([1, AT_ONCE - 1])
    for (const { headers, json } of refused) {
      expect(json).toEqual({
        error: 'temporarily_unavailable',
        error_description: 'the signing keys were rotated too recently',
      })
      expect(headers.get('retry-after')).toMatch(/^\d+$/)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(seconds - 60)
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(seconds)
    }
  })

  it('tell of the rotation exactly what it changed', () => {
    const [done] = answers.filter(({ status }) => status === 200)
    const { old_key_valid_until: until, ...rest } = done?.json ?? {}
    expect(rest).toEqual({ rotated: true, new_key_id: before.next, old_key_id: before.active })
    const days = (Date.parse(String(until)) - Date.now()) / 86_400_000
    expect(Math.abs(days - 7)).toBeLessThan(0.1)
  })

  it('leave one active key, one next key, and the old one', async () => {
    const { kids } = keyLife(database())
    expect(await kids('active')).toEqual([before.next])
    expect(await kids('next')).toHaveLength(1)
    expect(await kids('retiring')).toContain(before.active)
  })

  it('have both services sign with the new key and publish the old one', async () => {
    for (const api of apis()) {
      await eventually('it signs with the new key', async () => (await signingKid(api, reader)) === before.next)
      expect(await publishedKids(api)).toContain(before.active)
    }
  })

  it('leave tokens of before valid at both', async () => {
    for (const api of apis()) {
      const keys = createRemoteJWKSet(new URL(`${ISSUER}/.well-known/jwks.json`), { [customFetch]: fetchAt(api) })
      expect((await jwtVerify(old, keys, { issuer: ISSUER })).payload.sub).toBe(reader.id)
    }
  })

  it('are all in the audit trail, with who asked', async () => {
    const rows = await database().query<{ type: string; count: number }>(
      `select type, count(*)::int from audit_events
       where type like 'signing_key.rot%' and actor = $1 group by type order by type`,
      [rotator.id],
    )
    const rounds = scope === FORCED ? 1 : 2
    expect(rows).toEqual([
      { type: 'signing_key.rotated', count: rounds },
      { type: 'signing_key.rotation_refused', count: rounds * (AT_ONCE - 1) },
    ])
  })
})
