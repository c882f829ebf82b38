import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { burstGenerator, loadGenerator } from './generator.ts'
import type { LoadRequest } from './leg.ts'

let server: Server
let url: string
let bodies: string[]
let sockets: Set<unknown>
beforeEach(async () => {
  bodies = []
  sockets = new Set()
  server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** 200, or the status that a body names, or nothing at all to the body `hang up`. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  sockets.add(request.socket)
  const body = await text(request)
  bodies.push(body)
  if (body === 'hang up') request.socket.destroy()
  else response.writeHead(Number(body) >= 300 ? Number(body) : 200).end('an answer')
}

const post = (body: string): LoadRequest => ({ method: 'POST', headers: { 'content-type': 'text/plain' }, body })

describe('a burst', () => {
  it('sends each request once, over as many connections as it may have', async () => {
    const requests = Array.from({ length: 100 }, (_, index) => post(String(index)))
    const result = await burstGenerator().run({ url, connections: 8, requests })
    expect(bodies).toHaveLength(100)
    expect(new Set(bodies)).toEqual(new Set(requests.map(({ body }) => body)))
    expect(sockets.size).toBe(8)
    expect(result).toMatchObject({ requests: 100, failed: 0 })
    expect(result.p50Ms).toBeLessThanOrEqual(result.p99Ms)
    expect(result.perSecond).toBeGreaterThan(0)
  })

  it('counts refusals and lost connections as failed', async () => {
    const requests = ['1', '401', '503', 'hang up', '2'].map(post)
    expect(await burstGenerator().run({ url, connections: 2, requests })).toMatchObject({ requests: 5, failed: 3 })
  })
})

describe('a load', () => {
  it('goes on for its time and counts answers that are not 2xx', async () => {
    const requests = [post('1'), post('503')]
    const result = await loadGenerator().run({ url, connections: 2, seconds: 1, requests })
    expect(result.requests).toBeGreaterThan(10)
    expect(result.failed).toBeGreaterThan(result.requests / 3)
    expect(result.failed).toBeLessThan((result.requests * 2) / 3)
  })
})

describe('a generator', () => {
  it('that fails is told from one that has found nothing', async () => {
    await expect(loadGenerator().run({ url: 'nowhere', connections: 1, seconds: 1, requests: [] })).rejects.toThrow(
      './load.ts ended with 1',
    )
  })
})
