import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose'
import { eventually } from './eventually.ts'
import { fetchAt } from './fetch-at.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'
import { get, requestToken } from './token-request.ts'

const database = useServiceDatabase()

let one: RunningService
let other: RunningService
let client: RegisteredClient

beforeAll(async () => {
  client = await database().register()
  ;[one, other] = await Promise.all([startService(database().url), startService(database().url)])
})
afterAll(() => Promise.all([one.stop(), other.stop()]))

const jwks = async (service: RunningService) => (await get(`${service.api}/.well-known/jwks.json`)).text
const token = async (service: RunningService) =>
  (await requestToken(service.api, client)).json['access_token'] as string
const signingKid = async (service: RunningService) => decodeProtectedHeader(await token(service)).kid
const kidOf = async (status: string) => {
  const [row] = await database().query<{ kid: string }>('select kid from signing_keys where status = $1', [status])
  return row?.kid
}

/** Verifies `text` with the keys that `service` publishes. */
const verifyAt = (service: RunningService, text: string) => {
  const url = new URL(`${ISSUER}/.well-known/jwks.json`)
  return jwtVerify(text, createRemoteJWKSet(url, { [customFetch]: fetchAt(service.api) }), { issuer: ISSUER })
}

describe('two services that start at once on an empty database', () => {
  it('make one active and one next key together', async () => {
    const rows = await database().query<{ status: string }>('select status from signing_keys order by status')
    expect(rows.map(({ status }) => status)).toEqual(['active', 'next'])
    const made = [one, other].flatMap(({ process }) =>
      process.log().filter(({ msg }) => msg === 'made the first signing keys of this installation'),
    )
    expect(made).toHaveLength(1)
  })

  it('publish the same key set', async () => {
    expect(await jwks(one)).toBe(await jwks(other))
  })

  it('verify the tokens of each other', async () => {
    expect((await verifyAt(other, await token(one))).payload.sub).toBe(client.id)
    expect((await verifyAt(one, await token(other))).payload.sub).toBe(client.id)
  })

  it('both refuse a client at the very next request after it was disabled', async () => {
    for (const disabled of [true, false]) {
      await database().query('update clients set disabled = $2 where client_id = $1', [client.id, disabled])
      const answers = await Promise.all([requestToken(one.api, client), requestToken(other.api, client)])
      expect(answers.map(({ status }) => status)).toEqual(disabled ? [401, 401] : [200, 200])
    }
  })
})

describe('two services whose keys are rotated in the database', () => {
  let before: { active: string | undefined; next: string | undefined }
  let old: string

  beforeAll(async () => {
    before = { active: await kidOf('active'), next: await kidOf('next') }
    old = await token(one)
    await database().query(`
      begin;
      update signing_keys set status = 'retiring', retires_at = now() + interval '1 hour' where status = 'active';
      update signing_keys set status = 'active', activated_at = now() where status = 'next';
      commit`)
  })

  it('both sign with the promoted key before long', async () => {
    expect(await signingKid(one)).toMatch(/./)
    for (const service of [one, other]) {
      await eventually('it signs with the promoted key', async () => (await signingKid(service)) === before.next)
    }
  })

  it('go on publishing the key that signed before, so its tokens verify', async () => {
    for (const service of [one, other]) {
      expect(await jwks(service)).toContain(before.active)
      await verifyAt(service, old)
    }
  })

  it('verify the new tokens of each other', async () => {
    expect((await verifyAt(other, await token(one))).payload.sub).toBe(client.id)
    expect((await verifyAt(one, await token(other))).payload.sub).toBe(client.id)
  })

  it('stop publishing the old key when its time is over', async () => {
    await database().query(`update signing_keys set retires_at = now() where status = 'retiring'`)
    for (const service of [one, other]) {
      await eventually('the old key is gone', async () => !(await jwks(service)).includes(String(before.active)))
      await expect(verifyAt(service, old)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
    }
  })

  it('stop signing when the last key is revoked, and are not ready', async () => {
    await database().query(`update signing_keys set status = 'revoked'`)
    for (const service of [one, other]) {
      await eventually('it signs no more', async () => (await requestToken(service.api, client)).status === 503)
      expect(await jwks(service)).toBe('{"keys":[]}')
      expect((await get(`${service.management}/ready`)).json).toMatchObject({
        database: 'ok',
        signing_key: 'unavailable',
      })
    }
  })
})
