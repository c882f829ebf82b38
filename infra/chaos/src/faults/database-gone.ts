import { setTimeout as sleep } from 'node:timers/promises'
import type { Experiment, Fault } from '../experiment.ts'

/** Long enough for every promise about a lost database to be tested, and for the pools to notice. */
const GONE_MS = 6000

const noticedAndSurvived = async (experiment: Experiment): Promise<void> => {
  await experiment.everyReplicaIs(503, 3000)
  await sleep(GONE_MS)
}

const backSoon = (experiment: Experiment): Promise<void> => experiment.everyReplicaIs(200, 5000)

/** The database is not there at all. */
export const databaseGone: readonly Fault[] = [
  {
    name: 'database killed (kill -9) and started again',
    run: async (experiment) => {
      const { database } = experiment.stage
      await experiment.damage(
        () => database.kill(),
        () => noticedAndSurvived(experiment),
        () => database.start(),
      )
      await backSoon(experiment)
    },
  },
  {
    name: 'database stopped and started again',
    run: async (experiment) => {
      const { database } = experiment.stage
      await experiment.damage(
        () => database.stop(),
        () => noticedAndSurvived(experiment),
        () => database.start(),
      )
      await backSoon(experiment)
    },
  },
  {
    name: 'database frozen for 20 s (SIGSTOP)',
    run: async (experiment) => {
      const { database } = experiment.stage
      await experiment.damage(
        () => database.freeze(),
        async () => {
          await experiment.everyReplicaIs(503, 3000)
          await sleep(17_000)
        },
        () => database.thaw(),
      )
      await backSoon(experiment)
    },
  },
]
