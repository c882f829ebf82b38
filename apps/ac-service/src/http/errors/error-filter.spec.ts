import { AuthenticationThrottled } from '@ac/client-validation'
import { Overloaded, Unavailable } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { describe, expect, it } from '@jest/globals'
import { HttpException, type ArgumentsHost } from '@nestjs/common'
import { RouteTable } from '../requests/route-table.ts'
import { ErrorFilter } from './error-filter.ts'
import { InvalidRequest, NoClientCredentials } from './request-errors.ts'

/** What a filter does with `failure`: the answer that it sends and what it logs. */
function answerTo(failure: unknown) {
  const log = new RecordingLog()
  const sent: { status?: number; headers: Record<string, unknown>; body?: unknown } = { headers: {} }
  const reply = {
    status: (status: number) => ((sent.status = status), reply),
    header: (name: string, value: unknown) => ((sent.headers[name] = value), reply),
    send: (body: unknown) => ((sent.body = body), reply),
  }
  const http = { getRequest: () => ({ id: 'request-1', raw: { url: '/' } }), getResponse: () => reply }
  const host = { switchToHttp: () => http } as unknown as ArgumentsHost
  new ErrorFilter(log, new RouteTable(), 'here').catch(failure, host)
  return { ...sent, log }
}

const NO_STORE = { 'cache-control': 'no-store' }
const SERVER_ERROR = { error: 'server_error', error_description: 'the service failed to answer this request' }

describe('ErrorFilter', () => {
  it('answers an error of ours by its row', () => {
    const { status, headers, body } = answerTo(new InvalidRequest('a parameter is repeated'))
    expect({ status, headers }).toEqual({ status: 400, headers: NO_STORE })
    expect(body).toEqual({ error: 'invalid_request', error_description: 'a parameter is repeated' })
  })

  it('challenges a client that proved nothing', () => {
    const { status, headers } = answerTo(new NoClientCredentials())
    expect({ status, headers }).toEqual({
      status: 401,
      headers: { ...NO_STORE, 'www-authenticate': 'Basic realm="here"' },
    })
  })

  it.each([
    ['a full queue', new Overloaded('argon2')],
    ['a lost database', new Unavailable('database')],
  ])('asks to come back after %s', (_case, error) => {
    const { status, headers } = answerTo(error)
    expect({ status, headers }).toEqual({ status: 503, headers: { ...NO_STORE, 'retry-after': expect.any(Number) } })
    expect([1, 2, 3]).toContain(headers['retry-after'])
  })

  it('asks to come back when an error says, if it knows', () => {
    const { status, headers, body } = answerTo(new AuthenticationThrottled(734))
    expect({ status, headers }).toEqual({ status: 429, headers: { ...NO_STORE, 'retry-after': 734 } })
    expect(body).toEqual({ error: 'temporarily_unavailable', error_description: 'too many failed authentications' })
  })

  it('logs what did not answer and why, and tells nobody else', () => {
    const { body, log } = answerTo(new Unavailable('audit trail', { cause: new Error('disk full') }))
    expect(JSON.stringify(body)).not.toMatch(/audit|disk/)
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'a request could not be served',
        fields: { request_id: 'request-1', error: 'unavailable', dependency: 'audit trail', cause: 'disk full' },
      },
    ])
  })

  it.each([
    ['an error that nobody foresaw', new TypeError('the secret is x')],
    ['a failure of the framework', new HttpException('the secret is x', 500)],
    ['something that is no error', 'the secret is x'],
    ['nothing', undefined],
    ['an error whose code is a property of every object', Object.assign(new Error('x'), { code: 'constructor' })],
  ])('tells nothing of %s', (_case, error) => {
    const { status, body } = answerTo(error)
    expect({ status, body }).toEqual({ status: 500, body: SERVER_ERROR })
  })

  it('logs what nobody foresaw', () => {
    const [line] = answerTo(new TypeError('broken')).log.lines
    expect(line).toMatchObject({ level: 'error', fields: { request_id: 'request-1', error: 'TypeError: broken' } })
  })

  it.each([404, 408, 413, 415, 431])('puts its own words in the place of those of the framework for %s', (status) => {
    const answer = answerTo(new HttpException('Cannot GET /secret', status))
    expect(answer.status).toBe(status)
    expect(JSON.stringify(answer.body)).not.toContain('secret')
  })

  it('calls any other status below 500 malformed', () => {
    const { status, body } = answerTo(new HttpException('teapot', 418))
    expect({ status, body }).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  it.each([408, 413])('ends the connection after %s, since the rest of the body may still come', (status) => {
    expect(answerTo(new HttpException('', status)).headers['connection']).toBe('close')
  })

  it('takes a status from an error of Fastify', () => {
    const error = Object.assign(new Error('Request body is too large'), { statusCode: 413 })
    expect(answerTo(error).status).toBe(413)
  })
})
