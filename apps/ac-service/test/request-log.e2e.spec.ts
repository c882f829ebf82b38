import { describe, expect, it } from '@jest/globals'
import { eventually } from './eventually.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import type { LogLine } from './service-process.ts'
import { get, post, requestToken } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

const TRACE = '0af7651916cd43dd8448eb211c80319c'

/** The request line that has all of `fields`. */
const line = (fields: Readonly<Record<string, unknown>>): Promise<LogLine> =>
  eventually(`a line with ${JSON.stringify(fields)}`, () =>
    service()
      .process.log()
      .find((candidate) =>
        Object.entries({ msg: 'request', ...fields }).every(([name, value]) => candidate[name] === value),
      ),
  )

describe('the log', () => {
  it('has a line for a token: method, route, status, duration and ids, and nothing else', async () => {
    const headers = { traceparent: `00-${TRACE}-b7ad6b7169203331-00` }
    await requestToken(service().api, await database().register(), { headers })
    expect(await line({ trace_id: TRACE })).toEqual({
      level: 'info',
      time: expect.stringMatching(/Z$/),
      service: 'ac-service',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      environment: 'development',
      region: 'local',
      method: 'POST',
      route: '/oauth2/token',
      status: 200,
      duration_ms: expect.any(Number),
      request_id: expect.any(String),
      trace_id: TRACE,
      msg: 'request',
    })
  })

  it('names the route of a request and never its path', async () => {
    await get(`${service().api}/nowhere/private?query=private`)
    await get(`${service().api}/.well-known/jwks.json?query=private`)
    expect(await line({ route: 'none' })).toMatchObject({ method: 'GET', status: 404 })
    expect(await line({ route: '/.well-known/jwks.json' })).toMatchObject({ method: 'GET', status: 200 })
    expect(service().process.output).not.toContain('private')
  })

  it('has no line for a probe or a scrape', async () => {
    await get(`${service().management}/health`)
    await get(`${service().management}/metrics`)
    await post(service().api, 'a=b', { traceparent: `00-${TRACE.replace('0', '1')}-b7ad6b7169203331-00` })
    await line({ trace_id: TRACE.replace('0', '1') })
    expect(service().process.output).not.toMatch(/"route":"\/(?:health|metrics)"/)
  })
})
