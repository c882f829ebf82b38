import { beforeAll, describe, expect, it } from '@jest/globals'
import { ageKeys, FORCED, rotateKeys, tokenOf } from './key-administration.ts'
import { useOtlpReceiver } from './otlp-receiver.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { basic, get, postForm, requestToken } from './token-request.ts'

const SERVER = 2
const CLIENT = 3

const database = useServiceDatabase()
const receiver = useOtlpReceiver()
// Asked for when the service starts, when the receiver has its port.
const environment = {
  get OTEL_EXPORTER_OTLP_ENDPOINT() {
    return receiver.endpoint
  },
  OTEL_BSP_SCHEDULE_DELAY: '50',
  OTEL_RESOURCE_ATTRIBUTES: 'team=identity',
  AC_ENVIRONMENT: 'testing',
}
const service = useService(() => database().url, environment)

let client: RegisteredClient
beforeAll(async () => {
  client = await database().register({ scope: `meeting:read ${FORCED} introspect:any` })
})

let traces = 0
/** A trace that nobody has used yet, and the header of its caller. */
function newTrace(flags = '01') {
  const traceId = (++traces).toString(16).padStart(32, 'a')
  return { traceId, headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-${flags}` } }
}

describe('the spans of a service', () => {
  it('show how a token is issued', async () => {
    const { traceId, headers } = newTrace()
    expect((await requestToken(service().api, client, { headers })).status).toBe(200)
    expect(await receiver.tree(traceId, 4)).toEqual([
      'ac.token.issue',
      '  ac.client.validate',
      '    ac.db.query.client',
      '  ac.token.sign',
    ])
  })

  it('continue the trace of the caller, and tell what they are', async () => {
    const { traceId, headers } = newTrace()
    await requestToken(service().api, client, { headers })
    await receiver.tree(traceId, 4)
    const spans = receiver.spans().filter((span) => span.traceId === traceId)
    const named = (name: string) => spans.find((span) => span.name === name)
    expect(named('ac.token.issue')).toMatchObject({
      parentSpanId: '00f067aa0ba902b7',
      kind: SERVER,
      attributes: { 'ac.outcome': 'success', 'ac.client.hash': expect.stringMatching(/^h:[0-9a-f]{16}$/) },
      resource: {
        'service.name': 'ac-service',
        'service.version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
        'deployment.environment': 'testing',
        'deployment.environment.name': 'testing',
        team: 'identity',
      },
    })
    expect(named('ac.db.query.client')).toMatchObject({
      kind: CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'db.collection.name': 'clients' },
    })
  })

  it('show how a token is refused', async () => {
    const { traceId, headers } = newTrace()
    await requestToken(service().api, { ...client, secret: 'acs_wrong' }, { headers })
    expect(await receiver.tree(traceId, 3)).toEqual([
      'ac.token.issue',
      '  ac.client.validate',
      '    ac.db.query.client',
    ])
    const refused = receiver.spans().find((span) => span.traceId === traceId && span.name === 'ac.client.validate')
    expect(refused?.attributes).toMatchObject({ 'ac.outcome': 'refused', 'error.type': 'client_rejected' })
  })

  it('show how a token is judged', async () => {
    const { traceId, headers } = newTrace()
    const token = await tokenOf(service().api, client, 'meeting:read')
    const answer = await postForm(`${service().api}/oauth2/introspect`, new URLSearchParams({ token }), {
      authorization: basic(client),
      ...headers,
    })
    expect(answer.json['active']).toBe(true)
    expect(await receiver.tree(traceId, 2)).toEqual(['ac.token.verify', '  ac.db.query.signing_key'])
  })

  it('show a rotation, and the token that opened it beside it', async () => {
    const { traceId, headers } = newTrace()
    await ageKeys(database(), '7 days')
    const token = await tokenOf(service().api, client, FORCED)
    expect((await rotateKeys(service().api, token, { headers })).status).toBe(200)
    expect(await receiver.tree(traceId, 3)).toEqual(['ac.token.verify', '  ac.db.query.signing_key', 'ac.key.rotate'])
    const rotation = receiver.spans().find((span) => span.traceId === traceId && span.name === 'ac.key.rotate')
    expect(rotation?.attributes).toEqual({ 'ac.outcome': 'success', 'ac.key.forced': true })
  })

  it('are in one trace that the answer, the log and the audit trail name, where the caller has none', async () => {
    const { headers } = await requestToken(service().api, client)
    const [, traceId = '', spanId] =
      /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(headers.get('traceresponse') ?? '') ?? []
    const [root] = await receiver.tree(traceId, 4)
    expect(root).toBe('ac.token.issue')
    expect(receiver.spans().find((span) => span.spanId === spanId)).toMatchObject({
      name: 'ac.token.issue',
      parentSpanId: undefined,
    })
    expect(
      service()
        .process.log()
        .some((line) => line.msg === 'request' && line['trace_id'] === traceId),
    ).toBe(true)
    const events = await database().query('select type from audit_events where trace_id = $1', [traceId])
    expect(events).toEqual([{ type: 'token.issued' }])
  })

  it('are not there of a trace that its caller does not record, which the log still names', async () => {
    const { traceId, headers } = newTrace('00')
    const answer = await requestToken(service().api, client, { headers })
    expect(answer.headers.get('traceresponse')).toBeNull()
    const recorded = newTrace()
    await requestToken(service().api, client, { headers: recorded.headers })
    await receiver.tree(recorded.traceId, 4)
    expect(receiver.spans().some((span) => span.traceId === traceId)).toBe(false)
    expect(
      service()
        .process.log()
        .some((line) => line['trace_id'] === traceId),
    ).toBe(true)
  })

  it('are an exemplar of what was measured of them', async () => {
    const { traceId, headers } = newTrace()
    await requestToken(service().api, client, { headers })
    await receiver.tree(traceId, 4)
    const page = await get(`${service().management}/metrics`, { headers: { accept: 'application/openmetrics-text' } })
    const spanId = receiver.spans().find((span) => span.traceId === traceId && span.name === 'ac.token.issue')?.spanId
    expect(page.text).toContain(`# {trace_id="${traceId}",span_id="${spanId}"}`)
  })

  it('hold nothing private of whatever the tests before this one did', () => {
    expect(receiver.spans().length).toBeGreaterThan(10)
    for (const secret of [client.id, client.secret, basic(client), '127.0.0.1', 'eyJ', 'acs_']) {
      expect(receiver.text).not.toContain(secret)
    }
  })
})
