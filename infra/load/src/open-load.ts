import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Requests that begin at a constant rate, whatever becomes of those before. */
export interface OpenLoad {
  /** The requests go to these in turn; asked before each, so that a server may leave and come back. */
  readonly urls: () => readonly string[]
  /** The values of `Authorization` of the callers, who take turns. */
  readonly authorizations: readonly string[]
  readonly body: string
  readonly perSecond: number
  readonly seconds: number
  /** An answer that takes longer, counted from when its request should have begun, is a failure. */
  readonly timeoutMs: number
}

/** What became of one request. */
export interface Outcome {
  /** When it should have begun, in milliseconds since the load began. */
  readonly dueMs: number
  /** From that moment to the end of the answer. */
  readonly latencyMs: number
  /** How late it began: what the generator itself, or a lack of connections, added to the latency. */
  readonly latenessMs: number
  /** `undefined` for a 200, else `status 503`, `ECONNRESET`, `timeout`, ... */
  readonly failure: string | undefined
  /** The body of the answer, as far as it came. */
  readonly answer: string
}

/** More connections than any healthy service needs, and no more than a machine has ports for. */
const MAX_CONNECTIONS = 512

/**
 * Puts `load` on; resolves when the last request was answered, failed or timed out.
 * @param end ends the load early when it is aborted; what is under way by then is still waited for
 */
export async function openLoad(load: OpenLoad, record: (outcome: Outcome) => void, end?: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS, scheduling: 'lifo' })
  const total = load.perSecond * load.seconds
  const began = performance.now()
  const underWay = new Set<Promise<void>>()
  const begin = (index: number): void => {
    const exchange = send(load, agent, index, began).then(record)
    underWay.add(exchange)
    void exchange.finally(() => underWay.delete(exchange))
  }
  for (let index = 0; index < total && end?.aborted !== true;) {
    const due = Math.min(total, Math.floor(((performance.now() - began) * load.perSecond) / 1000) + 1)
    for (; index < due; index += 1) begin(index)
    await sleep(1)
  }
  await Promise.all(underWay)
  agent.destroy()
}

function send(load: OpenLoad, agent: Agent, index: number, began: number): Promise<Outcome> {
  const dueMs = (index * 1000) / load.perSecond
  const latenessMs = performance.now() - began - dueMs
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  let answer = ''
  const end = (failure?: string): void =>
    resolve({ dueMs, latencyMs: performance.now() - began - dueMs, latenessMs, failure, answer })
  const urls = load.urls()
  const exchange = request(urls[index % urls.length] ?? 'http://127.0.0.1:0/', {
    agent,
    method: 'POST',
    headers: {
      authorization: load.authorizations[index % load.authorizations.length],
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(load.body),
    },
    signal: AbortSignal.timeout(Math.max(1, Math.round(load.timeoutMs - latenessMs))),
  })
  exchange.once('response', (response) => {
    response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
    response.once('end', () => end(response.statusCode === 200 ? undefined : `status ${response.statusCode}`))
    response.once('error', (error: NodeJS.ErrnoException) => end(nameOf(error)))
  })
  exchange.once('error', (error: NodeJS.ErrnoException) => end(nameOf(error)))
  exchange.end(load.body)
  return promise
}

const nameOf = ({ code, name }: NodeJS.ErrnoException): string =>
  code === 'ABORT_ERR' || name === 'TimeoutError' ? 'timeout' : (code ?? name)
