import { describe, expect, it } from '@jest/globals'
import { RawConnection } from './raw-connection.ts'
import { MARKER, rawRequest } from './raw-request.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { expectInStep, expectRefusal, watchForEchoes } from './strict-exchange.ts'
import { get } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

watchForEchoes(service)

const notFound = { status: 404, error: 'not_found' }
const notAllowed = { status: 405, error: 'invalid_request' }

const TOKEN = '/oauth2/token'
const READ_ONLY = [
  '/.well-known/jwks.json',
  '/.well-known/oauth-authorization-server',
  '/.well-known/openid-configuration',
]

describe('a method that a path does not take is refused with those that it takes', () => {
  const methods = ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY']
  it.each(['GET', ...methods])('%s at the token endpoint', async (method) => {
    const { headers } = await expectRefusal(service(), rawRequest({ method }), notAllowed)
    expect(headers['allow']).toBe('POST')
  })

  it('HEAD at the token endpoint', async () => {
    const connection = await RawConnection.open(service().apiPort)
    connection.send(rawRequest({ method: 'HEAD', body: '' }))
    const { status, headers } = await connection.answer({ bodiless: true })
    expect({ status, allow: headers['allow'] }).toEqual({ status: 405, allow: 'POST' })
    await expectInStep(connection)
  })

  it.each(READ_ONLY.flatMap((path) => ['POST', ...methods].map((method) => [method, path] as const)))(
    '%s at %s',
    async (method, path) => {
      const { headers } = await expectRefusal(service(), rawRequest({ method, target: path }), notAllowed)
      expect(headers['allow']).toBe('GET, HEAD')
    },
  )

  it('whatever is in the query string', async () => {
    const target = `${TOKEN}?${MARKER}=/%2f`
    const { headers } = await expectRefusal(service(), rawRequest({ method: 'GET', target }), notAllowed)
    expect(headers['allow']).toBe('POST')
  })

  it('a connection to somewhere else', async () => {
    const connection = await RawConnection.open(service().apiPort)
    connection.send(`CONNECT ${MARKER}.test:443 HTTP/1.1\r\nHost: ${MARKER}.test:443\r\n\r\n`)
    await connection.answer().catch(() => undefined)
    expect(connection.received).not.toMatch(/ 200 /)
    expect(connection.received).not.toContain(MARKER)
    connection.destroy()
  })
})

describe('each path has one spelling', () => {
  it.each([
    `//oauth2/token`,
    `/oauth2//token`,
    `/oauth2/token/`,
    `/OAUTH2/TOKEN`,
    `/oauth2/Token`,
    `/oauth2/%74oken`,
    `/%6fauth2/token`,
    `/oauth2%2ftoken`,
    `/oauth2%2Ftoken`,
    `/oauth2/token%00`,
    `/oauth2/token%20`,
    `/oauth2/token;${MARKER}`,
    `/oauth2/token#${MARKER}`,
    `/oauth2/./token`,
    `/oauth2/x/../token`,
    `/oauth2\\token`,
    `/oauth2/token.`,
    `/oauth2/token,`,
    `/oauth2/token&${MARKER}`,
  ])('not %s', async (target) => {
    await expectRefusal(service(), rawRequest({ target }), notFound)
  })

  it.each([
    `/.well-known/jwks.json/`,
    `/.well-known/JWKS.json`,
    `/.well-known/jwks%2ejson`,
    `/.well-known/jwks.json;a`,
  ])('not %s', async (target) => {
    await expectRefusal(service(), rawRequest({ method: 'GET', target, body: '' }), notFound)
  })
})

describe('a path that is not there', () => {
  it.each([
    '/',
    `/${MARKER}`,
    `/oauth2/${MARKER}`,
    `/${MARKER}/token?${MARKER}`,
    `/%`,
    `/%zz${MARKER}`,
    `/%c0%af${MARKER}`,
    `/${'%2e'.repeat(100)}/${MARKER}`,
    `/${MARKER.repeat(1000)}`,
    '/constructor',
    '/__proto__',
    '/favicon.ico',
    '/doc',
    '*',
    `http://${MARKER}.test/${MARKER}`,
  ])('is not repeated in the answer: %s', async (target) => {
    await expectRefusal(service(), rawRequest({ method: 'GET', target, body: '' }), notFound)
    await expectRefusal(service(), rawRequest({ method: 'DELETE', target, body: '' }), notFound)
  })

  it('has no methods', async () => {
    const { status, headers } = await get(`${service().api}/nowhere`, { method: 'OPTIONS' })
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 404, allow: null })
  })
})
