import { beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from './eventually.ts'
import { MetricsPage } from './metrics-page.ts'
import { RawConnection } from './raw-connection.ts'
import { startService, useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { basic, get, post, requestToken } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

const page = (): Promise<MetricsPage> => MetricsPage.of(service().management)
const ISSUED = { grant_type: 'client_credentials', status: 'success' }
const TOKEN = { method: 'POST', endpoint: '/oauth2/token' }

let before: MetricsPage
beforeEach(async () => {
  before = await page()
})

/** Resolves when a series has grown by `by` since the test began: a request is counted just after its answer. */
const expectGrowth = (name: string, labels: Readonly<Record<string, string>> = {}, by = 1): Promise<unknown> =>
  eventually(`${name} grows`, async () => (await page()).since(before, name, labels) === by)

describe('the metrics of a service', () => {
  it('are 0 before anything happens, so that the first event is an increase', async () => {
    const fresh = await startService(database().url)
    const metrics = await MetricsPage.of(fresh.management)
    expect(metrics.value('ac_token_issuance_total', ISSUED)).toBe(0)
    expect(metrics.value('ac_http_requests_total', { ...TOKEN, status_code: '503' })).toBe(0)
    expect(metrics.value('ac_audit_log_failures_total', { event_type: 'token_issued', reason: 'refused' })).toBe(0)
    await fresh.stop()
  })

  it('count and time an issued token', async () => {
    expect((await requestToken(service().api, await database().register())).status).toBe(200)
    await expectGrowth('ac_token_issuance_total', ISSUED)
    await expectGrowth('ac_token_issuance_duration_seconds_count', ISSUED)
    await expectGrowth('ac_token_issuance_duration_seconds_bucket', { ...ISSUED, le: '+Inf' })
    await expectGrowth('ac_http_requests_total', { ...TOKEN, status_code: '200' })
    await expectGrowth('ac_http_request_duration_seconds_count', TOKEN)
  })

  it('tell why a client was not let in', async () => {
    const client = await database().register()
    await requestToken(service().api, { ...client, secret: `${client.secret.slice(0, -1)}0` })
    await requestToken(service().api, { ...client, id: `${client.id}x` })
    await post(service().api, 'grant_type=client_credentials')
    const labels = { grant_type: 'client_credentials' }
    await expectGrowth('ac_auth_failures_total', { ...labels, reason: 'wrong_secret' })
    await expectGrowth('ac_auth_failures_total', { ...labels, reason: 'unknown_client' })
    await expectGrowth('ac_auth_failures_total', { ...labels, reason: 'no_credentials' })
    await expectGrowth('ac_token_issuance_total', { ...labels, status: 'refused' }, 3)
    await expectGrowth('ac_errors_total', { operation: 'token_issuance', error_category: 'authentication' }, 3)
  })

  it('take a grant type that nobody offers as other', async () => {
    for (const grantType of ['password', 'urn:made:up', 'x'.repeat(1000)]) {
      expect((await post(service().api, new URLSearchParams({ grant_type: grantType }))).status).toBe(400)
    }
    await expectGrowth('ac_token_issuance_total', { grant_type: 'other', status: 'refused' }, 3)
    await expectGrowth('ac_token_issuance_duration_seconds_count', { grant_type: 'other', status: 'refused' }, 3)
  })

  it('tell a key set that was sent from one that the caller has already', async () => {
    const url = `${service().api}/.well-known/jwks.json`
    const { headers } = await get(url)
    await get(url, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
    await expectGrowth('ac_jwks_requests_total', { cache_status: 'miss' })
    await expectGrowth('ac_jwks_requests_total', { cache_status: 'hit' })
    await expectGrowth('ac_http_requests_total', {
      method: 'GET',
      endpoint: '/.well-known/jwks.json',
      status_code: '304',
    })
  })

  it('make no series of what a caller makes up', async () => {
    for (const path of ['/a', '/oauth2/token/x', '/api/v1/admin/clients2', '/%zz', '/metrics']) {
      await get(`${service().api}${path}`)
    }
    await fetch(`${service().api}/a`, { method: 'PURGE' })
    const other = { endpoint: 'other', status_code: '404' }
    await expectGrowth('ac_http_requests_total', { ...other, method: 'GET' }, 5)
    await expectGrowth('ac_http_requests_total', { ...other, method: 'other' })
    expect((await get(`${service().management}/metrics`)).text).not.toMatch(/clients2|zz|PURGE/)
  })

  it('count a request that was refused before anything looked at it', async () => {
    await post(service().api, 'grant_type=client_credentials', { 'content-type': 'application/json' })
    await expectGrowth('ac_http_requests_total', { ...TOKEN, status_code: 'other' })
    await expectGrowth('ac_token_issuance_total', { grant_type: 'other', status: 'refused' })
  })

  it('count what is no request at all', async () => {
    const connection = await RawConnection.open(service().apiPort)
    connection.send('nonsense\r\n\r\n')
    expect((await connection.answer()).status).toBe(400)
    await expectGrowth('ac_http_requests_total', { method: 'other', endpoint: 'other', status_code: '400' })
  })

  it('count a request whose caller does not wait for the answer, and no token of it', async () => {
    const client = await database().register()
    await database().whileLocked('client_secrets', async () => {
      const connection = await RawConnection.open(service().apiPort)
      const body = 'grant_type=client_credentials'
      connection.send(
        `POST /oauth2/token HTTP/1.1\r\nHost: ac.test\r\nAuthorization: ${basic(client)}\r\n` +
          `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      )
      await eventually('the request waits for the database', async () => (await database().waiting()) > 0)
      connection.destroy()
      await expectGrowth('ac_http_requests_total', { ...TOKEN, status_code: 'other' })
    })
    expect((await page()).since(before, 'ac_token_issuance_total', ISSUED)).toBe(0)
  })
})

describe('the page', () => {
  it('is text of Prometheus, or OpenMetrics for who prefers that, and is never kept', async () => {
    const url = `${service().management}/metrics`
    const plain = await get(url)
    expect(plain.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(plain.headers.get('cache-control')).toBe('no-store')
    const open = await get(url, { headers: { accept: 'application/openmetrics-text;version=1.0.0' } })
    expect(open.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect(open.text.endsWith('# EOF\n')).toBe(true)
  })

  it('has an exemplar of a trace that its caller records', async () => {
    const [sampled, unsampled] = ['0af7651916cd43dd8448eb211c80319c', '4bf92f3577b34da6a3ce929d0e0e4736']
    const client = await database().register()
    const traceparent = (trace: string, flags: string) => ({ traceparent: `00-${trace}-00f067aa0ba902b7-${flags}` })
    await requestToken(service().api, client, { headers: traceparent(unsampled, '00') })
    await requestToken(service().api, client, { headers: traceparent(sampled, '01') })
    await expectGrowth('ac_token_issuance_total', ISSUED, 2)
    const { text } = await get(`${service().management}/metrics`, {
      headers: { accept: 'application/openmetrics-text' },
    })
    expect(text).toMatch(new RegExp(`ac_token_issuance_duration_seconds_bucket{.*} \\d+ # {trace_id="${sampled}",`))
    expect(text).not.toContain(unsampled)
  })

  it('is not there where metrics are switched off, and nothing is missing without them', async () => {
    const silent = await startService(database().url, { AC_METRICS: 'off', AC_LOG_LEVEL: 'info' })
    expect((await get(`${silent.management}/metrics`)).status).toBe(404)
    expect((await requestToken(silent.api, await database().register())).status).toBe(200)
    await silent.stop()
  })
})
