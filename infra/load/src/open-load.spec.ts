import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { openLoad, type OpenLoad, type Outcome } from './open-load.ts'

let server: Server | undefined

afterEach(() => void server?.close())

async function load(
  answer: RequestListener,
  changes: Partial<OpenLoad> = {},
  end?: AbortSignal,
  seen: () => void = () => {},
): Promise<readonly Outcome[]> {
  server = createServer(answer)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const outcomes: Outcome[] = []
  const url = `http://127.0.0.1:${port}/`
  const options = { urls: () => [url], authorizations: ['a'], body: 'x=1', perSecond: 100, seconds: 1, timeoutMs: 5000 }
  const record = (outcome: Outcome): void => {
    outcomes.push(outcome)
    seen()
  }
  await openLoad({ ...options, ...changes }, record, end)
  server.closeAllConnections()
  return outcomes
}

describe('openLoad', () => {
  it('sends as many requests as the rate and the time say, each due at its moment', async () => {
    const outcomes = await load((_, response) => response.end())
    expect(outcomes).toHaveLength(100)
    expect(outcomes.every(({ failure }) => failure === undefined)).toBe(true)
    expect(outcomes.map(({ dueMs }) => dueMs).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => index * 10),
    )
  })

  it('counts the latency of all that was due while the server stalled, not of one request', async () => {
    let stalled: Promise<void> | undefined
    const outcomes = await load((_, response) => {
      stalled ??= sleep(500)
      void stalled.then(() => response.end())
    })
    const slow = outcomes.filter(({ latencyMs }) => latencyMs > 100)
    expect(slow.length).toBeGreaterThan(30)
  })

  it('ends early when it is told to', async () => {
    const end = new AbortController()
    const outcomes = await load(
      (_, response) => void setTimeout(() => response.end('late'), 50),
      {},
      end.signal,
      () => end.abort(),
    )
    expect(outcomes.length).toBeGreaterThan(0)
    expect(outcomes.length).toBeLessThan(50)
    expect(outcomes.every(({ answer }) => answer === 'late')).toBe(true)
  })

  it('lets callers take turns', async () => {
    const seen = new Set<string | undefined>()
    await load(
      ({ headers }, response) => {
        seen.add(headers.authorization)
        response.end()
      },
      { authorizations: ['a', 'b', 'c'] },
    )
    expect(seen).toEqual(new Set(['a', 'b', 'c']))
  })

  it.each<[string, RequestListener]>([
    ['status 503', (_, response) => response.writeHead(503).end()],
    ['ECONNRESET', ({ socket }) => socket.destroy()],
    ['timeout', () => {}],
  ])('tells a failed request by its kind: %s', async (kind, answer) => {
    const outcomes = await load(answer, { perSecond: 10, timeoutMs: 300 })
    expect(outcomes.map(({ failure }) => failure)).toEqual(Array.from({ length: 10 }, () => kind))
  })

  it('tells an answer that breaks off', async () => {
    const outcomes = await load(
      (_, response) => {
        response.writeHead(200, { 'content-length': 10 }).write('half')
        setTimeout(() => response.destroy(), 20)
      },
      { perSecond: 5 },
    )
    expect(outcomes.every(({ failure }) => failure === 'ECONNRESET')).toBe(true)
  })
})
