import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../experiment.ts'

/** `AC_DB_STATEMENT_TIMEOUT_MS` and what the driver waits beyond it. */
const QUERY_TIMEOUT_MS = 5500

/** What happens between a replica and its database. */
export const network: readonly Fault[] = [
  {
    name: 'established connections blackholed',
    recoversWithinMs: QUERY_TIMEOUT_MS,
    run: (experiment) =>
      // Nothing is undone: what was silenced stays silent, and the replicas must find that out by themselves.
      experiment.damage(
        () => experiment.stage.proxy.silenceOpen(),
        async () => {},
        () => {},
      ),
  },
  {
    name: 'all packets lost for 8 s',
    recoversWithinMs: QUERY_TIMEOUT_MS,
    run: async (experiment) => {
      const { proxy } = experiment.stage
      await experiment.damage(
        () => proxy.silenceAll(),
        async () => {
          await experiment.everyReplicaIs(503, 3000)
          await sleep(5000)
        },
        () => proxy.heal(),
      )
      await experiment.everyReplicaIs(200, QUERY_TIMEOUT_MS)
    },
  },
  {
    name: '50 ms more latency each way for 5 s',
    perSecond: 50,
    run: async (experiment) => {
      const { proxy } = experiment.stage
      await experiment.damage(
        () => proxy.delay(50),
        () => sleep(5000),
        () => proxy.heal(),
      )
      const failed = experiment.traffic.requests.filter(({ failure }) => failure !== undefined)
      experiment.promise('a slow network fails no request', failed.length === 0)
    },
  },
  {
    name: 'every connection reset, five times',
    recoversWithinMs: 1000,
    run: (experiment) =>
      experiment.damage(
        () => {},
        async () => {
          for (let round = 0; round < 5; round += 1) {
            experiment.stage.proxy.resetOpen()
            await sleep(500)
          }
        },
        () => {},
      ),
  },
  {
    name: 'connections refused for 5 s',
    run: async (experiment) => {
      const { proxy } = experiment.stage
      await experiment.damage(
        () => proxy.refuse(),
        async () => {
          await experiment.everyReplicaIs(503, 3000)
          await sleep(3000)
        },
        () => proxy.heal(),
      )
      await experiment.everyReplicaIs(200, 5000)
    },
  },
]
