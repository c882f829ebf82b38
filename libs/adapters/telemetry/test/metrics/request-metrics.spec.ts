import { AuthenticationThrottled, ClientRejected } from '@ac/client-validation'
import { DomainError, Overloaded, Unavailable } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { RequestMetrics, type MeasuredRequest } from '../../src/metrics/request-metrics.ts'
import { movedBy as movedByAct } from './moved.ts'

const TOKEN: MeasuredRequest = {
  endpoint: '/oauth2/token',
  method: 'POST',
  status: 200,
  seconds: 0.02,
  failure: undefined,
  trace: undefined,
}

class Failure extends DomainError {
  constructor(readonly code: string) {
    super('it failed')
  }
}

/** What `requests` move. */
const movedBy = (...requests: readonly Partial<MeasuredRequest>[]): Promise<readonly string[]> =>
  movedByAct((metrics) => {
    const observer = new RequestMetrics(metrics)
    for (const request of requests) observer.observe({ ...TOKEN, ...request })
  })

describe('RequestMetrics', () => {
  it('counts and times a token', async () => {
    expect(await movedBy({}, {})).toEqual([
      'ac_token_issuance_duration_seconds_count client_credentials success 2',
      'ac_token_issuance_total client_credentials success 2',
      'ac_http_requests_total POST /oauth2/token 200 2',
      'ac_http_request_duration_seconds_count POST /oauth2/token 2',
    ])
  })

  it.each(['unknown_client', 'wrong_secret', 'expired_secret', 'disabled'] as const)(
    'tells why a client was rejected: %s',
    async (reason) => {
      const moved = await movedBy({ status: 401, failure: new ClientRejected(reason) })
      expect(moved).toEqual(
        expect.arrayContaining([
          'ac_token_issuance_total client_credentials refused 1',
          `ac_auth_failures_total ${reason} client_credentials 1`,
          'ac_errors_total token_issuance authentication 1',
        ]),
      )
    },
  )

  it.each([
    ['requests', 'in_flight'],
    ['client reads', 'database_queue'],
    ['audit', 'database_queue'],
    ['secret hashes', 'other'],
  ])('tells what was full when a request was shed: %s', async (queue, reason) => {
    const moved = await movedBy({ status: 503, failure: new Overloaded(queue) })
    expect(moved).toContain(`ac_load_shedding_total ${reason} 1`)
  })

  it('counts a failure beyond the limit as a denial, and still tells why it failed', async () => {
    const failure = new AuthenticationThrottled(9, { cause: new ClientRejected('wrong_secret') })
    expect(await movedBy({ status: 429, failure })).toEqual(
      expect.arrayContaining([
        'ac_auth_failures_total wrong_secret client_credentials 1',
        'ac_rate_limit_denials_total /oauth2/token 1',
        'ac_errors_total token_issuance throttled 1',
        'ac_http_requests_total POST /oauth2/token 429 1',
      ]),
    )
  })

  it('tells a client without credentials from one that is rejected', async () => {
    const moved = await movedBy({ status: 401, failure: new Failure('no_client_credentials') })
    expect(moved).toContain('ac_auth_failures_total no_credentials client_credentials 1')
  })

  it('names no grant type at endpoints that have none', async () => {
    const failure = new ClientRejected('wrong_secret')
    const moved = await movedBy({ endpoint: '/oauth2/introspect', status: 401, failure })
    expect(moved).toContain('ac_auth_failures_total wrong_secret other 1')
    expect(moved.join()).not.toContain('ac_token_issuance')
  })

  it.each([
    ['another grant type', 400, new Failure('unsupported_grant_type')],
    ['a request without one', 400, new Failure('invalid_request')],
    ['another media type', 415, new Failure('unsupported_media_type')],
    ['a body that is too large', 413, undefined],
  ])('puts %s down to the grant type other', async (_case, status, failure) => {
    expect(await movedBy({ status, failure })).toEqual(
      expect.arrayContaining([
        'ac_token_issuance_total other refused 1',
        'ac_errors_total token_issuance invalid_request 1',
      ]),
    )
  })

  it.each([
    ['database', new Unavailable('database')],
    ['database', new Unavailable('audit trail')],
    ['other', new Unavailable('key cipher')],
    ['overloaded', new Overloaded('audit')],
    ['signing_key', new Failure('signing_key_unavailable')],
    ['other', new TypeError('nobody foresaw this')],
  ])('counts a fault of ours as such: %s', async (category, failure) => {
    expect(await movedBy({ status: failure instanceof DomainError ? 503 : 500, failure })).toEqual(
      expect.arrayContaining([
        'ac_token_issuance_total client_credentials failure 1',
        `ac_errors_total token_issuance ${category} 1`,
      ]),
    )
  })

  it.each([
    [200, 'miss'],
    [304, 'hit'],
    [503, 'error'],
  ])('tells what became of a request for the key set: %d is a %s', async (status, cacheStatus) => {
    const moved = await movedBy({ endpoint: '/.well-known/jwks.json', method: 'GET', status })
    expect(moved).toContain(`ac_jwks_requests_total ${cacheStatus} 1`)
  })

  it('says nothing of the key set when the request was wrong', async () => {
    const moved = await movedBy({ endpoint: '/.well-known/jwks.json', method: 'GET', status: 415 })
    expect(moved.join()).not.toContain('ac_jwks_requests_total')
  })

  it('takes every method and status that it has no label for as other', async () => {
    const moved = await movedBy(
      { endpoint: 'other', method: 'PROPFIND', status: 404 },
      { endpoint: 'other', method: 'MKCOL', status: 418 },
    )
    expect(moved).toEqual([
      'ac_http_requests_total other other 404 1',
      'ac_http_requests_total other other other 1',
      'ac_http_request_duration_seconds_count other other 2',
      'ac_errors_total other invalid_request 1',
      'ac_errors_total other not_found 1',
    ])
  })
})
