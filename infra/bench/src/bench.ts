import { fileURLToPath } from 'node:url'
import { startServer, type ChildServer, type RegisteredClient, type Testbed } from '@ac/testbed'
import { burstReport } from './burst-report.ts'
import { measureColdStarts } from './cold-starts.ts'
import { burstGenerator } from './generator.ts'
import { legReport, ratios } from './leg-report.ts'
import type { Burst, Leg, LoadRequest, LoadResult, Round } from './leg.ts'
import { loadDatabase } from './load-database.ts'
import { measure } from './measure.ts'
import type { Options } from './options.ts'
import { peakMemoryMib } from './process-figures.ts'
import { machine, type BenchReport } from './report.ts'
import { spread } from './statistics.ts'
import { GET, introspectionRequest, tokenRequest } from './workload.ts'

const CONNECTIONS = 64
const WARM_UP_SECONDS = 3
/** Clients that take turns in a load, so that no leg lives from one client's rows being hot. */
const CLIENTS = 20
/** Tokens that each of them asks about. */
const TOKENS_OF_EACH = 10
const BURST_CLIENTS = 1000
const BURSTS = 3
const BARE_SIGNER = fileURLToPath(new URL('./bare-signer.ts', import.meta.url))

type Say = (line: string) => void

/** Takes all figures of one run. */
export async function bench(testbed: Testbed, options: Options, say: Say): Promise<BenchReport> {
  const [empty, full] = [await testbed.deploy(), await testbed.deploy()]
  await loadDatabase(full.databaseUrl, say)
  say(`registering ${BURST_CLIENTS} clients`)
  const clients = await empty.register(BURST_CLIENTS)
  const requests = clients.map(tokenRequest)
  const burst = ({ port }: ChildServer): Burst => ({ url: urlOf(port, TOKEN), connections: CONNECTIONS, requests })
  say(`starting ${BURSTS} processes, each of which meets all clients at once`)
  const cold = await measureColdStarts(BURSTS, empty.startReplica, burst)
  const servers: ChildServer[] = []
  const started = async (server: Promise<ChildServer>): Promise<ChildServer> => {
    servers.push(await server)
    return server
  }
  try {
    const inline = await started(startServer([BARE_SIGNER, 'inline'], process.env))
    const pooled = await started(startServer([BARE_SIGNER, 'thread-pool'], process.env))
    const service = await started(empty.startReplica())
    const loaded = await started(full.startReplica())
    const few = clients.slice(0, CLIENTS)
    const tokens = few.map(tokenRequest)
    const leg = (name: string, { pid, port }: ChildServer, path: string, load: readonly LoadRequest[]): Leg => ({
      name,
      pid,
      url: urlOf(port, path),
      requests: load,
    })
    const legs: readonly Leg[] = [
      leg('bare signer, inline', inline, '/', tokens),
      leg('bare signer, pooled', pooled, '/', tokens),
      leg('tokens', service, TOKEN, tokens),
      leg('tokens, loaded', loaded, TOKEN, (await full.register(CLIENTS)).map(tokenRequest)),
      leg('introspection', service, '/oauth2/introspect', await introspections(few, urlOf(service.port, TOKEN))),
      leg('JWKS', service, '/.well-known/jwks.json', [GET]),
    ]
    const measured = await measureLegs(legs, options, say)
    const warm = await measureBursts(burst(service))
    const references = measured.slice(0, 2)
    const reports = measured.map((rounds, index) => legReport(legs[index]?.name ?? '', rounds, references))
    return {
      when: new Date().toISOString(),
      machine: machine(),
      connections: CONNECTIONS,
      secondsPerRound: options.seconds,
      rounds: options.rounds,
      legs: reports,
      p99OfReferences: reports.slice(0, 2).map(({ p99Ms }) => (reports[2]?.p99Ms.median ?? Number.NaN) / p99Ms.median),
      loadedOfEmpty: ratios(measured[3] ?? [], measured[2] ?? []),
      peakMemoryMib: peakMemoryMib(service.pid),
      startMs: spread(cold.map(({ startedInMs }) => startedInMs)),
      burstClients: BURST_CLIENTS,
      coldBurst: burstReport(cold.map((each) => each.burst)),
      warmBurst: burstReport(warm),
    }
  } finally {
    for (const server of servers) await server.stop()
  }
}

const TOKEN = '/oauth2/token'
const urlOf = (port: number, path: string): string => `http://127.0.0.1:${port}${path}`

/** Each client asks about tokens of its own, more of them than any one cache entry. */
const introspections = (clients: readonly RegisteredClient[], tokenUrl: string): Promise<readonly LoadRequest[]> =>
  Promise.all(
    clients.flatMap((client) =>
      Array.from({ length: TOKENS_OF_EACH }, async () => {
        const { method, headers, body = '' } = tokenRequest(client)
        const response = await fetch(tokenUrl, { method, headers, body })
        const { access_token: token } = (await response.json()) as { readonly access_token: string }
        return introspectionRequest(client, token)
      }),
    ),
  )

/** Legs alternate, so that a slow minute of the machine slows all of them. */
async function measureLegs(
  legs: readonly Leg[],
  { seconds, rounds }: Options,
  say: Say,
): Promise<readonly (readonly Round[])[]> {
  for (const leg of legs) {
    say(`warming up: ${leg.name}`)
    await measure(leg, CONNECTIONS, WARM_UP_SECONDS)
  }
  const measured: Round[][] = legs.map(() => [])
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, leg] of legs.entries()) {
      const result = await measure(leg, CONNECTIONS, seconds)
      measured[index]?.push(result)
      say(`round ${round} of ${rounds}: ${leg.name}: ${result.perSecond.toFixed(0)} per second, p99 ${result.p99Ms} ms`)
    }
  }
  return measured
}

async function measureBursts(burst: Burst): Promise<readonly LoadResult[]> {
  const measured: LoadResult[] = []
  while (measured.length < BURSTS) measured.push(await burstGenerator().run(burst))
  return measured
}
