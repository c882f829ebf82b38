import { describe, expect, it } from '@jest/globals'
import { RawConnection } from './raw-connection.ts'
import { chunked, MARKER, rawRequest, type RawRequest } from './raw-request.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { expectError, expectInStep, expectRefusal, watchForEchoes } from './strict-exchange.ts'
import { basic, get, requestToken } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

watchForEchoes(service)

const KIB = 1024
const form = (length: number) => `x=${MARKER}`.padEnd(length, 'x')
const manyHeaders = (count: number) => Array.from({ length: count }, (_, index) => `${index.toString(36)}:`)
const invalid = { status: 400, error: 'invalid_request' }
const rejected = { status: 401, error: 'invalid_client' }
const tooLarge = { status: 413, error: 'invalid_request' }
const wrongMediaType = { status: 415, error: 'invalid_request' }

describe('a request whose frame can be read in two ways is refused', () => {
  const twice = (line: string): RawRequest => ({ headers: [line, line] })
  it.each<[string, RawRequest]>([
    ['two Host headers', { headers: ['Host: ac.test'] }],
    ['two different Host headers', { headers: [`Host: ${MARKER}.test`] }],
    ['no Host header', { host: false }],
    ['two Authorization headers', twice(`Authorization: Basic ${btoa(`${MARKER}:x`)}`)],
    ['two Content-Type headers', { headers: ['Content-Type: application/x-www-form-urlencoded'] }],
    ['a JSON type behind the form type', { headers: ['Content-Type: application/json'] }],
    [
      'two Authorization headers in different case, 2,000 headers apart',
      {
        headers: [`authorization: Basic ${btoa('a:b')}`, ...manyHeaders(2000), `AUTHORIZATION: Basic ${btoa('a:b')}`],
      },
    ],
    [
      'Content-Length and Transfer-Encoding',
      {
        framing: ['Content-Length: 5', 'Transfer-Encoding: chunked'],
        body: chunked(form(20)),
      },
    ],
    ['two different Content-Lengths', { framing: ['Content-Length: 5', 'Content-Length: 6'] }],
    ['two equal Content-Lengths', { framing: ['Content-Length: 5', 'Content-Length: 5'] }],
    ['a list of Content-Lengths', { framing: ['Content-Length: 5, 5'] }],
    ['a signed Content-Length', { framing: ['Content-Length: +5'] }],
    ['a chunked coding that is not the last', { framing: ['Transfer-Encoding: chunked, identity'] }],
    ['an unknown transfer coding', { framing: [`Transfer-Encoding: ${MARKER}`] }],
    [
      'a chunk size that is no number',
      { framing: ['Transfer-Encoding: chunked'], body: `zz\r\n${MARKER}\r\n0\r\n\r\n` },
    ],
    ['a chunk longer than it says', { framing: ['Transfer-Encoding: chunked'], body: `1\r\n${MARKER}\r\n0\r\n\r\n` }],
    ['a space before the colon of a header', { headers: ['Content-Type : application/json'] }],
    ['a folded header', { headers: ['X-Folded: a\r\n b'] }],
    ['a NUL in a header', { headers: [`X-Nul: ${MARKER}\0`] }],
    ['a header without a name', { headers: [`: ${MARKER}`] }],
    ['a line feed alone at the end of a header', { headers: [`X-Bare: a\nX-${MARKER}2: b`] }],
    ['an unknown version of HTTP', { version: 'HTTP/3.7' }],
    ['a method that nobody knows', { method: MARKER }],
    ['a target with a raw space', { target: `/oauth2/token ${MARKER}` }],
  ])('%s', async (_case, request) => {
    await expectRefusal(service(), rawRequest(request), invalid)
  })

  it('headers over 16 KiB', async () => {
    const request = rawRequest({ headers: [`X-Long: ${MARKER.repeat(1640)}`] })
    await expectRefusal(service(), request, { status: 431, error: 'invalid_request' })
  })

  it('something that is not HTTP at all', async () => {
    await expectRefusal(service(), `\x16\x03\x01${MARKER}\r\n\r\n`, invalid)
  })
})

describe('a body is refused that', () => {
  it.each<[string, RawRequest, { status: number; error: string }]>([
    ['is longer than 32 KiB', { body: form(32 * KIB + 1) }, tooLarge],
    ['says that it will be', { framing: [`Content-Length: ${32 * KIB + 1}`], body: '' }, tooLarge],
    ['becomes so in chunks', { framing: ['Transfer-Encoding: chunked'], body: chunked(form(32 * KIB + 1)) }, tooLarge],
    ['is JSON', { contentType: 'application/json', body: `{"grant_type":"${MARKER}"}` }, wrongMediaType],
    ['is multipart', { contentType: 'multipart/form-data; boundary=b' }, wrongMediaType],
    ['is plain text', { contentType: 'text/plain' }, wrongMediaType],
    ['has no type', { contentType: false }, wrongMediaType],
    ['has a type that is none', { contentType: MARKER }, wrongMediaType],
    ['is in Latin-1', { contentType: 'application/x-www-form-urlencoded; charset=latin1' }, wrongMediaType],
    [
      'has a parameter that no form has',
      { contentType: `application/x-www-form-urlencoded; a=${MARKER}` },
      wrongMediaType,
    ],
    ['has a type that begins like a form', { contentType: 'application/x-www-form-urlencoded2' }, wrongMediaType],
    ['is compressed', { headers: ['Content-Encoding: gzip'] }, wrongMediaType],
    ['is compressed twice', { headers: ['Content-Encoding: gzip', 'Content-Encoding: br'] }, wrongMediaType],
    ['has an unknown coding', { headers: [`Content-Encoding: ${MARKER}`] }, wrongMediaType],
  ])('%s', async (_case, request, expected) => {
    await expectRefusal(service(), rawRequest(request), expected)
  })
})

describe('a request is understood', () => {
  it.each<[string, RawRequest]>([
    ['with a body of 32 KiB', { body: `grant_type=client_credentials&${form(32 * KIB - 30)}` }],
    [
      'with a body in chunks',
      {
        framing: ['Transfer-Encoding: chunked'],
        body: chunked(`grant_type=client_credentials&client_id=${MARKER}`),
      },
    ],
    ['with its charset', { contentType: 'application/x-www-form-urlencoded; charset=UTF-8' }],
    ['with its charset in quotation marks', { contentType: 'application/x-www-form-urlencoded;charset="utf-8"' }],
    ['with a type in other case', { contentType: 'Application/X-WWW-Form-Urlencoded' }],
    ['with the coding that changes nothing', { headers: ['Content-Encoding: identity'] }],
    ['with more than 2,000 headers', { headers: manyHeaders(2100) }],
    ['in HTTP/1.0', { version: 'HTTP/1.0' }],
    ['in HTTP/1.0 without Host', { version: 'HTTP/1.0', host: false }],
    ['with a target in absolute form', { target: `http://${MARKER}.test/oauth2/token` }],
    ['with an offer to change the protocol', { headers: ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c'] }],
  ])('%s', async (_case, request) => {
    await expectRefusal(service(), rawRequest(request), rejected)
  })

  it('with credentials behind 2,000 other headers', async () => {
    const client = await database().register()
    const connection = await RawConnection.open(service().apiPort)
    const headers = [...manyHeaders(2000), `Authorization: ${basic(client)}`]
    connection.send(rawRequest({ headers, body: 'grant_type=client_credentials' }))
    expect((await connection.answer()).status).toBe(200)
    connection.destroy()
  })

  it('when it waits for leave to send its body', async () => {
    const connection = await RawConnection.open(service().apiPort)
    const whole = rawRequest({ headers: ['Expect: 100-continue'] })
    const head = whole.slice(0, whole.indexOf('\r\n\r\n') + 4)
    connection.send(head)
    expect((await connection.answer()).status).toBe(100)
    connection.send(whole.slice(head.length))
    expectError(await connection.answer(), rejected)
    await expectInStep(connection)
  })

  it('byte by byte', async () => {
    const connection = await RawConnection.open(service().apiPort)
    for (const byte of rawRequest()) connection.send(byte)
    expectError(await connection.answer(), rejected)
    await expectInStep(connection)
  })
})

describe('requests that are sent without waiting for answers', () => {
  it('are answered in their order', async () => {
    const client = await database().register()
    const connection = await RawConnection.open(service().apiPort)
    const good = rawRequest({ headers: [`Authorization: ${basic(client)}`], body: 'grant_type=client_credentials' })
    connection.send(good + rawRequest() + rawRequest({ method: 'GET', body: '' }) + good)
    const statuses: number[] = []
    for (let index = 0; index < 4; index++) statuses.push((await connection.answer()).status)
    expect(statuses).toEqual([200, 401, 405, 200])
    await expectInStep(connection)
  })

  it('cannot hide in the body of one that is refused', async () => {
    const connection = await RawConnection.open(service().apiPort)
    const hidden = rawRequest({ method: 'GET', target: '/.well-known/jwks.json', body: '' })
    connection.send(rawRequest({ contentType: 'text/plain', body: hidden }))
    expectError(await connection.answer(), wrongMediaType)
    connection.send(rawRequest({ method: 'GET', target: '/nowhere', body: '' }))
    expect((await connection.answer()).status).toBe(404)
    expect(connection.received.match(/HTTP\/1\.1 \d{3} /g)).toHaveLength(2)
  })
})

describe('a client that goes away', () => {
  it.each([
    ['in the middle of its headers', (request: string) => request.slice(0, 40)],
    ['in the middle of its body', (request: string) => request.slice(0, -10)],
    ['before it hears the answer', (request: string) => request],
  ])('%s does no harm', async (_case, part) => {
    const client = await database().register()
    for (let index = 0; index < 20; index++) {
      const connection = await RawConnection.open(service().apiPort)
      connection.send(
        part(rawRequest({ headers: [`Authorization: ${basic(client)}`], body: 'grant_type=client_credentials' })),
      )
      connection.destroy()
    }
    expect((await requestToken(service().api, client)).status).toBe(200)
    expect((await get(`${service().management}/ready`)).status).toBe(200)
    expect(
      service()
        .process.log()
        .filter(({ level }) => level === 'error' || level === 'warn'),
    ).toEqual([])
  })
})
