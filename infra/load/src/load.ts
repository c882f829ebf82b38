import type { Replica, Testbed } from '@ac/testbed'
import { openLoad } from './open-load.ts'
import type { Options } from './options.ts'
import { Recorder } from './recorder.ts'
import type { LoadReport } from './report.ts'
import { residentMemoryMib } from './resident-memory.ts'

/** Requests to each replica before anything is counted: what a service under real load has long behind it. */
const WARM_UP = { perSecond: 200, seconds: 3 }
const TIMEOUT_MS = 10_000

/** Starts the replicas, registers the clients, puts the load on, and stops what it started. */
export async function load(testbed: Testbed, options: Options, say: (line: string) => void): Promise<LoadReport> {
  const deployment = await testbed.deploy()
  say(`registering ${options.clients} clients`)
  const clients = await deployment.register(options.clients)
  const replicas: Replica[] = []
  try {
    for (let index = 0; index < options.replicas; index += 1) replicas.push(await deployment.startReplica())
    const urls = replicas.map(({ port }) => `http://127.0.0.1:${port}/oauth2/token`)
    const requests = {
      urls: () => urls,
      authorizations: clients.map(
        ({ client_id, client_secret }) => `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
      ),
      body: 'grant_type=client_credentials',
      timeoutMs: TIMEOUT_MS,
    }
    await openLoad({ ...requests, ...WARM_UP }, () => {})
    say(`${options.rate} requests a second for ${options.seconds} s`)
    const recorder = new Recorder(options.seconds)
    const watch = watchMemory(replicas, recorder)
    try {
      await openLoad({ ...requests, perSecond: options.rate, seconds: options.seconds }, (outcome) =>
        recorder.record(outcome),
      )
    } finally {
      clearInterval(watch)
    }
    return {
      when: new Date().toISOString(),
      options,
      stretchSeconds: recorder.stretchSeconds,
      result: recorder.result(),
    }
  } finally {
    for (const replica of replicas) await replica.stop()
  }
}

function watchMemory(replicas: readonly Replica[], recorder: Recorder): NodeJS.Timeout {
  const began = performance.now()
  return setInterval(() => {
    const memory = replicas.map(({ pid }) => residentMemoryMib(pid)).filter((mib) => mib !== undefined)
    recorder.recordMemory((performance.now() - began) / 1000, memory)
  }, 500)
}
