import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { FastifyError, FastifyInstance } from 'fastify'
import { UnsupportedMediaType } from '../errors/request-errors.ts'
import { RouteTable } from '../requests/route-table.ts'
import { strictFastify } from '../strict-fastify.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const PATCH_TYPE = 'application/merge-patch+json'

let server: FastifyInstance
let origin: string

beforeAll(async () => {
  server = strictFastify({
    requestTimeoutMs: 1000,
    routes: new RouteTable(),
    draining: () => false,
  })
  server.setErrorHandler<FastifyError>((error, _request, reply) =>
    reply.status(error instanceof UnsupportedMediaType ? 415 : (error.statusCode ?? 500)).send(),
  )
  const answer = () => 'taken'
  server.post('/form', answer)
  server.post('/json', { config: { takes: ['json'] } }, answer)
  server.patch('/patch', { config: { takes: ['merge-patch', 'json'] } }, answer)
  server.get('/read', answer)
  server.delete('/delete', answer)
  origin = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

type Method = 'POST' | 'PATCH' | 'GET' | 'DELETE'

/** The status of a request, and what it is told would be taken. */
async function send(method: Method, url: string, type: string | undefined, payload = '', encoding?: string) {
  const headers = {
    ...(payload !== '' && { 'content-length': payload.length }),
    ...(type !== undefined && { 'content-type': type }),
    ...(encoding !== undefined && { 'content-encoding': encoding }),
  }
  const sent = request(origin + url, { method, headers }).end(payload)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  answer.resume()
  return [answer.statusCode, answer.headers.accept ?? answer.headers['accept-patch']]
}

describe('a body', () => {
  it.each<[Method, string, string]>([
    ['POST', '/form', FORM],
    ['POST', '/form', `${FORM}; charset=utf-8`],
    ['POST', '/json', JSON_TYPE],
    ['POST', '/json', `${JSON_TYPE}; charset=utf-8`],
    ['POST', '/json', `${JSON_TYPE};charset="UTF-8"`],
    ['POST', '/json', 'Application/JSON'],
    ['PATCH', '/patch', PATCH_TYPE],
    ['PATCH', '/patch', JSON_TYPE],
  ])('is taken by %s %s as %s', async (method, url, type) => {
    for (const payload of ['{}', '']) expect(await send(method, url, type, payload)).toEqual([200, undefined])
    expect(await send(method, url, type, '{}', 'identity')).toEqual([200, undefined])
  })

  it.each<[Method, string, string | undefined, string | undefined]>([
    ['POST', '/form', JSON_TYPE, FORM],
    ['POST', '/form', undefined, FORM],
    ['POST', '/json', FORM, JSON_TYPE],
    ['POST', '/json', PATCH_TYPE, JSON_TYPE],
    ['POST', '/json', 'text/json', JSON_TYPE],
    ['POST', '/json', 'application/json2', JSON_TYPE],
    ['POST', '/json', 'application/json; charset=latin1', JSON_TYPE],
    ['POST', '/json', 'application/json; profile=x', JSON_TYPE],
    ['POST', '/json', 'application/json, text/plain', JSON_TYPE],
    ['POST', '/json', undefined, JSON_TYPE],
    ['PATCH', '/patch', FORM, `${PATCH_TYPE}, ${JSON_TYPE}`],
    ['PATCH', '/patch', 'application/json-patch+json', `${PATCH_TYPE}, ${JSON_TYPE}`],
    ['GET', '/read', JSON_TYPE, undefined],
    ['GET', '/read', undefined, undefined],
    ['DELETE', '/delete', FORM, undefined],
    ['DELETE', '/delete', JSON_TYPE, undefined],
  ])('is refused by %s %s as %s, with what would be taken', async (method, url, type, taken) => {
    expect(await send(method, url, type, '{}')).toEqual([415, taken])
  })

  it.each(['gzip', 'br', 'gzip, identity', 'x'])('is refused when it is encoded: %s', async (encoding) => {
    expect(await send('POST', '/json', JSON_TYPE, '{}', encoding)).toEqual([415, JSON_TYPE])
    expect(await send('POST', '/form', FORM, 'a=b', encoding)).toEqual([415, FORM])
  })

  it('is refused before any of it is read', async () => {
    expect(await send('POST', '/json', FORM, 'x'.repeat(40_000))).toEqual([415, JSON_TYPE])
    expect(await send('POST', '/json', JSON_TYPE, 'x'.repeat(40_000))).toEqual([413, undefined])
  })

  it.each<[Method, string]>([
    ['GET', '/read'],
    ['DELETE', '/delete'],
  ])('that is not there may have a type where none is taken: %s %s', async (method, url) => {
    expect(await send(method, url, JSON_TYPE)).toEqual([200, undefined])
  })

  it('makes no other answer of a path that is not there', async () => {
    expect(await send('POST', '/nowhere', JSON_TYPE, '{}')).toEqual([404, undefined])
  })
})
