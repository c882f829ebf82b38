import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Burst, LoadRequest, LoadResult } from './leg.ts'
import { quantile } from './statistics.ts'

/**
 * The generator of bursts, a process of its own. Takes one {@link Burst} as JSON on standard input and prints one
 * {@link LoadResult}.
 */
const TIME_OUT_MS = 30_000

const { url, connections, requests } = (await json(process.stdin)) as Burst
const agent = new Agent({ keepAlive: true, maxSockets: connections })

/** @returns the status; 0 when there was no answer */
function send({ method, headers, body = '' }: LoadRequest): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const length = { 'content-length': Buffer.byteLength(body) }
  const exchange = request(url, { agent, method, headers: { ...headers, ...length }, timeout: TIME_OUT_MS })
  exchange.once('response', (response) => {
    response.resume().once('close', () => resolve(response.complete ? (response.statusCode ?? 0) : 0))
  })
  exchange.once('timeout', () => exchange.destroy())
  exchange.once('error', () => resolve(0))
  exchange.end(body)
  return promise
}

const waiting = requests.values()
const latencies: number[] = []
let failed = 0

async function connection(): Promise<void> {
  for (const next of waiting) {
    const sent = performance.now()
    const status = await send(next)
    latencies.push(performance.now() - sent)
    if (status < 200 || status > 299) failed += 1
  }
}

const began = performance.now()
await Promise.all(Array.from({ length: connections }, connection))
const seconds = (performance.now() - began) / 1000
agent.destroy()

const printed: LoadResult = {
  perSecond: latencies.length / seconds,
  requests: latencies.length,
  failed,
  p50Ms: quantile(latencies, 0.5),
  p99Ms: quantile(latencies, 0.99),
}
process.stdout.write(`${JSON.stringify(printed)}\n`)
