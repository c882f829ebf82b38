import { setTimeout as sleep } from 'node:timers/promises'
import type { Experiment, Fault } from '../experiment.ts'
import type { ReplicaSlot } from '../stage/replica-slot.ts'

/** `AC_SHUTDOWN_DELAY_MS` of the stage. */
const DELAY_MS = 2000
const ALL_MS = 30_000
/** Until the program has said what SIGTERM means to it, the signal itself ends it: nothing is open yet. */
const IN_ORDER: ReadonlySet<number | string> = new Set([0, 'SIGTERM'])

/** Ends a replica as Kubernetes does, and sees that it goes in order. */
async function terminate(experiment: Experiment, slot: ReplicaSlot, signals: number = 1): Promise<void> {
  const began = performance.now()
  slot.replica.signal('SIGTERM')
  for (let more = 1; more < signals; more += 1) {
    await sleep(300)
    slot.replica.signal('SIGTERM')
  }
  const code = await slot.replica.exited
  const took = Math.round(performance.now() - began)
  experiment.promise(`SIGTERM ends a replica with 0, yet ${code}`, code === 0)
  experiment.promise(`a busy replica is gone within ${ALL_MS} ms, yet ${took}`, took < ALL_MS)
}

const nothingFails = ({ promise, traffic }: Pick<Experiment, 'promise' | 'traffic'>, what: string): void => {
  const failed = traffic.requests.filter(({ failure }) => failure !== undefined)
  const kinds = [...new Set(failed.map(({ failure }) => failure))].join(', ')
  promise(`${what} fails no request, yet ${failed.length}: ${kinds}`, failed.length === 0)
}

/** Replicas that end because they are told to. */
export const shutdown: readonly Fault[] = [
  ...[1, 2].map((signals): Fault => ({
    name: signals === 1 ? 'SIGTERM under load, then a new replica' : 'SIGTERM twice under load',
    replicasLive: false,
    byReadiness: true,
    run: async (experiment) => {
      const [slot] = experiment.stage.replicas
      await experiment.damage(
        () => terminate(experiment, slot, signals),
        async () => {},
        () => slot.start(),
      )
      nothingFails(experiment, 'an orderly end')
    },
  })),
  {
    name: 'SIGTERM during start-up',
    replicasLive: false,
    run: async (experiment) => {
      const { deployment } = experiment.stage
      await experiment.damage(
        async () => {
          for (const afterMs of [50, 150, 300, 450, 600]) {
            const began = performance.now()
            const code = await deployment.startAndStop(afterMs)
            const took = Math.round(performance.now() - began - afterMs)
            experiment.promise(
              `SIGTERM after ${afterMs} ms ends a starting replica in order, yet ${code}`,
              IN_ORDER.has(code),
            )
            experiment.promise(`a starting replica is gone within 5000 ms, yet ${took}`, took < 5000)
          }
        },
        async () => {},
        () => {},
      )
    },
  },
  {
    name: 'rolling restart of both under 300/s',
    perSecond: 300,
    byReadiness: true,
    replicasLive: false,
    run: async (experiment) => {
      await experiment.damage(
        async () => {
          for (const slot of experiment.stage.replicas) {
            await terminate(experiment, slot)
            await slot.start()
            await experiment.everyReplicaIs(200, 5000)
            await sleep(1000)
          }
        },
        async () => {},
        () => {},
      )
      nothingFails(experiment, 'a rolling restart')
    },
  },
  {
    name: 'SIGTERM to an idle replica',
    perSecond: 1,
    byReadiness: true,
    replicasLive: false,
    run: async (experiment) => {
      const [slot] = experiment.stage.replicas
      await experiment.damage(
        async () => {
          const began = performance.now()
          await terminate(experiment, slot)
          const took = Math.round(performance.now() - began)
          experiment.promise(
            `an idle replica is gone within ${DELAY_MS + 1000} ms, yet ${took}`,
            took < DELAY_MS + 1000,
          )
        },
        async () => {},
        () => slot.start(),
      )
    },
  },
]
