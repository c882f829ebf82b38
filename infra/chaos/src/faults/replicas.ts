import { setTimeout as sleep } from 'node:timers/promises'
import type { Experiment, Fault } from '../experiment.ts'
import { slowDown } from '../stage/slow-tables.ts'
import { until } from '../stage/stage.ts'
import { rotateKeys } from './rotate-keys.ts'

const LISTENERS = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where application_name like 'ac-service%' and query ilike 'listen%'`

/** Whether both replicas publish the same keys, and the one of `kid` among them. */
async function bothPublish({ stage }: Experiment, kid: string): Promise<boolean> {
  const sets = stage.replicas.map(async ({ api }) => (await fetch(`${api}/.well-known/jwks.json`)).text())
  const [one, other] = await Promise.all(sets)
  return one === other && one?.includes(kid) === true
}

/** What happens to a replica itself. */
export const replicas: readonly Fault[] = [
  {
    name: 'LISTEN connections killed, then a rotation',
    run: async (experiment) => {
      const { stage } = experiment
      await experiment.damage(
        async () => {
          const ended = await stage.query(LISTENERS)
          experiment.promise('each replica had a LISTEN connection', ended.length >= stage.replicas.length)
        },
        async () => {
          await sleep(1000)
          const { status, body } = await rotateKeys(stage, stage.replicas[0])
          experiment.promise(`the rotation is done, yet ${status}`, status === 200)
          await experiment.within(5000, 'both replicas publish the new keys', () =>
            bothPublish(experiment, body.new_key_id ?? 'none'),
          )
        },
        () => {},
      )
      const failed = experiment.traffic.requests.filter(({ failure }) => failure !== undefined)
      experiment.promise('a rotation fails no request', failed.length === 0)
    },
  },
  {
    name: 'a replica killed (kill -9) under load and replaced',
    replicasLive: false,
    byReadiness: true,
    run: (experiment) => {
      const [slot] = experiment.stage.replicas
      return experiment.damage(
        async () => {
          slot.replica.signal('SIGKILL')
          await slot.replica.exited
        },
        () => sleep(2000),
        () => slot.start(),
      )
    },
  },
  {
    name: 'a replica killed (kill -9) in mid-rotation',
    replicasLive: false,
    byReadiness: true,
    run: async (experiment) => {
      const { stage } = experiment
      const [slot, other] = stage.replicas
      await experiment.damage(
        async () => {
          await slowDown(stage, 'signing_keys', 10)
          const cut = rotateKeys(stage, slot).catch(() => undefined)
          await until(async () => (await parked(experiment)) > 0, 3000)
          slot.replica.signal('SIGKILL')
          await slot.replica.exited
          experiment.promise('the rotation of the killed replica has no answer', (await cut) === undefined)
        },
        async () => {
          await slowDown(stage, 'signing_keys', 0)
          const { status } = await rotateKeys(stage, other)
          experiment.promise(`the other replica may rotate at once, yet ${status}`, status === 200)
        },
        () => slot.start(),
      )
    },
  },
]

const parked = async ({ stage }: Experiment): Promise<number> =>
  (await stage.query(`select from pg_stat_activity where wait_event = 'PgSleep' and application_name = 'ac-service'`))
    .length
