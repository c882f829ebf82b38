import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from './eventually.ts'
import { FORCED, publishedKids, rotateKeys, signingKid, tokenOf } from './key-administration.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken } from './token-request.ts'

/** Every time as short as it may be. */
const SHORT = {
  AC_JWKS_MAX_AGE_SECONDS: '1',
  AC_CLOCK_SKEW_SECONDS: '1',
  AC_TOKEN_TTL_SECONDS: '2',
  AC_KEY_OVERLAP_SECONDS: '4',
  AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS: '3',
  AC_KEY_ROTATION_MIN_INTERVAL_SECONDS: '3',
}

const database = useServiceDatabase()
const service = useService(() => database().url, SHORT)
const api = () => service().api
let rotator: RegisteredClient
let reader: RegisteredClient

beforeAll(async () => {
  rotator = await database().register({ scope: FORCED })
  reader = await database().register()
})

/** Rotates, as often as it is told to come again. @returns the answer, and how often it was refused */
async function rotateWhenAllowed(): Promise<{ json: Readonly<Record<string, unknown>>; refusals: number }> {
  for (let refusals = 0; ; refusals++) {
    const { status, headers, json } = await rotateKeys(api(), await tokenOf(api(), rotator))
    if (status === 200) return { json, refusals }
    expect(status).toBe(429)
    await sleep(Number(headers.get('retry-after')) * 1000)
  }
}

describe('a service whose times are all short', () => {
  it('rotates at the very moment that it names when it refuses to', async () => {
    for (let rotation = 0; rotation < 3; rotation++) {
      const { json, refusals } = await rotateWhenAllowed()
      expect(json['rotated']).toBe(true)
      expect(refusals).toBeLessThanOrEqual(1)
    }
  })

  it('publishes an old key until the moment that it named, and no longer', async () => {
    const { json } = await rotateWhenAllowed()
    const until = Date.parse(String(json['old_key_valid_until']))
    const old = String(json['old_key_id'])
    const seen: number[] = []
    await eventually('the old key is gone', async () => {
      const asked = Date.now()
      const published = (await publishedKids(api())).includes(old)
      if (published) seen.push(asked)
      return !published && asked
    }).then((gone) => expect(gone).toBeGreaterThanOrEqual(until - 100))
    expect(seen.length).toBeGreaterThan(0)
  })

  it('signs all the time, although its lease is over between two looks at the database', async () => {
    const kid = await signingKid(api(), reader)
    for (let time = 0; time < 40; time++) {
      expect((await requestToken(api(), reader)).status).toBe(200)
      await sleep(100)
    }
    expect(await signingKid(api(), reader)).toBe(kid)
  })
})
