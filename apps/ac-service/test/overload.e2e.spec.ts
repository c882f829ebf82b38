import { beforeAll, describe, expect, it } from '@jest/globals'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { get, requestToken } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url, { AC_MAX_IN_FLIGHT: '2' })

let client: RegisteredClient
beforeAll(async () => {
  client = await database().register()
})

describe('a service with more requests than it may work on', () => {
  it('answers what is beyond with 503, and goes on giving keys, metadata and probes', async () => {
    // In an array, or leaving the lock would wait for the answers.
    const [requests] = await database().whileLocked('client_secrets', async () => {
      const asked = Array.from({ length: 40 }, () => requestToken(service().api, client))
      await Promise.race(asked)
      for (const path of ['/.well-known/jwks.json', '/.well-known/oauth-authorization-server']) {
        expect((await get(service().api + path)).status).toBe(200)
      }
      expect((await get(`${service().management}/health`)).status).toBe(200)
      return [asked] as const
    })
    const answers = await Promise.all(requests)
    const shed = answers.filter(({ status }) => status === 503)
    expect(shed.length).toBeGreaterThanOrEqual(28)
    for (const { json, headers } of shed) {
      expect(json['error']).toBe('temporarily_unavailable')
      expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    }
  })

  it('serves again at once, a burst as well', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => requestToken(service().api, client)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })
})
