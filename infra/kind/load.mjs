// Fetches tokens over kept connections, as callers do, until it is told to stop. Then it says in one JSON line how many
// requests there were and what became of those that got no token. Runs in the service's own image: no package is needed.
import { Agent, request } from 'node:http'
import process from 'node:process'

const { TOKEN_URL = '', CLIENT_ID = '', CLIENT_SECRET = '', WORKERS = '8', PAUSE_MS = '25' } = process.env

const agent = new Agent({ keepAlive: true, maxSockets: Number(WORKERS) })
/** @type {Record<string, number>} */
const failures = {}
let requests = 0
let isStopping = false
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => (isStopping = true))

/** @returns {Promise<string | undefined>} why there was no token */
const fetchToken = () =>
  new Promise((resolve) => {
    const sent = request(TOKEN_URL, {
      agent,
      method: 'POST',
      auth: `${CLIENT_ID}:${CLIENT_SECRET}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    sent.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode === 200 ? undefined : String(response.statusCode)))
      response.on('error', (error) => resolve(error.message))
    })
    sent.on('error', (error) => resolve(error.message))
    sent.end('grant_type=client_credentials')
  })

async function work() {
  while (!isStopping) {
    const failure = await fetchToken()
    requests += 1
    if (failure !== undefined) failures[failure] = (failures[failure] ?? 0) + 1
    await new Promise((resolve) => setTimeout(resolve, Number(PAUSE_MS)))
  }
}

await Promise.all(Array.from({ length: Number(WORKERS) }, work))
const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
process.stdout.write(`${JSON.stringify({ requests, failed, failures })}\n`)
process.exit(failed > 0 || requests === 0 ? 1 : 0)
