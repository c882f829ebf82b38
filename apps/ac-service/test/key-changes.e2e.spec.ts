import { NO_ORIGIN } from '@ac/kernel'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeProtectedHeader } from 'jose'
import { eventually } from './eventually.ts'
import { keyLife } from './key-life.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { get, requestToken } from './token-request.ts'

const database = useServiceDatabase()
let services: readonly RunningService[]
let client: RegisteredClient

beforeAll(async () => {
  client = await database().register()
  services = await Promise.all([1, 2].map(() => startService(database().url)))
  await listening()
})
afterAll(() => Promise.all(services.map((service) => service.stop())))

const LISTENERS = `from pg_stat_activity where application_name = 'ac-service listener' and datname = current_database()`

/** Resolves when every service hears of changes, on connections that began after `since`. */
const listening = (since = new Date(0)) =>
  eventually('all services listen', async () => {
    const found = await database().query(`select ${LISTENERS} and state = 'idle' and backend_start > $1`, [since])
    return found.length === services.length
  })

const signingKid = async ({ api }: RunningService): Promise<string | undefined> => {
  const token = (await requestToken(api, client)).json['access_token']
  return typeof token === 'string' ? decodeProtectedHeader(token).kid : undefined
}

/** Rotates ten times, each time as soon as all services have followed. @returns how long it took, in milliseconds */
async function tenRotations(): Promise<number> {
  const { rotator } = keyLife(database())
  const start = Date.now()
  for (let rotation = 0; rotation < 10; rotation++) {
    const { newKeyId } = await rotator.rotate({ forced: true, actor: 'acctl' }, NO_ORIGIN)
    for (const service of services) {
      await eventually('it signs with the new key', async () => (await signingKid(service)) === newKeyId)
    }
  }
  return Date.now() - start
}

/** Each of them would take two seconds if it were found by looking: the looks begin right after each other. */
const BY_LOOKING_MS = 10 * 2000

describe('two services', () => {
  it('hear of each change of keys at once, long before they look', async () => {
    expect(await tenRotations()).toBeLessThan(BY_LOOKING_MS / 2)
  })

  it('hear again after the database has ended the connections that they hear by', async () => {
    const [row] = await database().query<{ now: Date }>('select clock_timestamp() as now')
    const ended = await database().query(`select pg_terminate_backend(pid) ${LISTENERS}`)
    expect(ended).toHaveLength(2)
    await listening(row?.now)
    expect(await tenRotations()).toBeLessThan(BY_LOOKING_MS / 2)
  })

  it('go on publishing every key that signed before', async () => {
    const retiring = await keyLife(database()).kids('retiring')
    expect(retiring).toHaveLength(20)
    for (const { api } of services) {
      const { text } = await get(`${api}/.well-known/jwks.json`)
      for (const kid of retiring) expect(text).toContain(kid)
    }
  })

  it('say which key they sign with, once for each change', async () => {
    for (const { process } of services) {
      const said = () => process.log().flatMap(({ msg, kid }) => (msg === 'signing with another key' ? [kid] : []))
      // Lines are written a moment after what they tell.
      await eventually('it has said all', async () => said().length >= 20)
      const kids = said()
      expect([kids.length, new Set(kids).size]).toEqual([20, 20])
    }
  })
})
