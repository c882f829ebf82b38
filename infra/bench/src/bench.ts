import { fileURLToPath } from 'node:url'
import { burstReport } from './burst-report.ts'
import { startServer, type ChildServer } from './child-server.ts'
import { measureColdStarts } from './cold-starts.ts'
import { burstGenerator } from './generator.ts'
import { legReport } from './leg-report.ts'
import type { Burst, Leg, LoadResult, Round } from './leg.ts'
import { measure } from './measure.ts'
import type { Options } from './options.ts'
import { peakMemoryMib } from './process-figures.ts'
import { machine, type BenchReport } from './report.ts'
import { spread } from './statistics.ts'
import type { SystemUnderTest } from './system-under-test.ts'
import { GET, tokenRequest } from './workload.ts'

const CONNECTIONS = 64
const WARM_UP_SECONDS = 3
/** Clients that take turns in a load, so that no leg lives from one client's rows being hot. */
const CLIENTS = 20
const BURST_CLIENTS = 1000
const BURSTS = 3
const BARE_SIGNER = fileURLToPath(new URL('./bare-signer.ts', import.meta.url))

type Say = (line: string) => void

/** Takes all figures of one run. */
export async function bench(system: SystemUnderTest, options: Options, say: Say): Promise<BenchReport> {
  say(`registering ${BURST_CLIENTS} clients`)
  const requests = (await system.register(BURST_CLIENTS)).map(tokenRequest)
  const burst = ({ port }: ChildServer): Burst => ({ url: urlOf(port, TOKEN), connections: CONNECTIONS, requests })
  say(`starting ${BURSTS} processes, each of which meets all clients at once`)
  const cold = await measureColdStarts(BURSTS, system.startService, burst)
  const bare = await startServer([BARE_SIGNER], process.env)
  const service = await system.startService()
  try {
    const tokens = requests.slice(0, CLIENTS)
    const legs: readonly Leg[] = [
      { name: 'bare signer', pid: bare.pid, url: urlOf(bare.port, '/'), requests: tokens },
      { name: 'tokens', pid: service.pid, url: urlOf(service.port, TOKEN), requests: tokens },
      { name: 'JWKS', pid: service.pid, url: urlOf(service.port, '/.well-known/jwks.json'), requests: [GET] },
    ]
    const measured = await measureLegs(legs, options, say)
    const warm = await measureBursts(burst(service))
    const [reference = []] = measured
    const reports = measured.map((rounds, index) => legReport(legs[index]?.name ?? '', rounds, reference))
    const [bareReport, tokenReport] = reports
    return {
      when: new Date().toISOString(),
      machine: machine(),
      connections: CONNECTIONS,
      secondsPerRound: options.seconds,
      rounds: options.rounds,
      legs: reports,
      p99OfReference: (tokenReport?.p99Ms.median ?? Number.NaN) / (bareReport?.p99Ms.median ?? Number.NaN),
      peakMemoryMib: peakMemoryMib(service.pid),
      startMs: spread(cold.map(({ startedInMs }) => startedInMs)),
      burstClients: BURST_CLIENTS,
      coldBurst: burstReport(cold.map((each) => each.burst)),
      warmBurst: burstReport(warm),
    }
  } finally {
    await bare.stop()
    await service.stop()
  }
}

const TOKEN = '/oauth2/token'
const urlOf = (port: number, path: string): string => `http://127.0.0.1:${port}${path}`

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
