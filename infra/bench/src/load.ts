import { json } from 'node:stream/consumers'
import autocannon from 'autocannon'
import type { Load, LoadResult } from './leg.ts'

/**
 * The load generator, a process of its own so that its work is not the server's. Takes one {@link Load} as JSON on
 * standard input and prints one {@link LoadResult}.
 */
const { seconds, requests, ...load } = (await json(process.stdin)) as Load

const result = await autocannon({
  url: load.url,
  connections: load.connections,
  duration: seconds,
  requests: requests.map(({ method, headers, body }) => ({ method, headers, ...(body !== undefined && { body }) })),
  timeout: 30,
})

const printed: LoadResult = {
  perSecond: result.requests.total / result.duration,
  requests: result.requests.total,
  // Time-outs are among the errors.
  failed: result.errors + result.non2xx,
  p50Ms: result.latency.p50,
  p99Ms: result.latency.p99,
}
process.stdout.write(`${JSON.stringify(printed)}\n`)
