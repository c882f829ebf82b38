import { openPool } from '@ac/testbed'
import type { Experiment } from '../experiment.ts'

/** More than the server's `max_connections` (100). */
const MANY = 110

const END_SESSIONS_OF_SERVICE = `
  select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ac-service'`

/** Takes every connection that the server has, and ends those that the replicas hold, so that they need new ones. */
export async function withNoConnectionLeft(experiment: Experiment, meanwhile: () => Promise<void>): Promise<void> {
  const hoard = openPool(experiment.stage.deployment.databaseUrl, MANY)
  const held = [await hoard.connect()]
  const takeAll = async (): Promise<void> => {
    try {
      while (held.length < MANY) held.push(await hoard.connect())
    } catch {
      // The server has none left: that is what was wanted.
    }
  }
  await experiment.damage(
    async () => {
      await takeAll()
      await held[0]?.query('reset role', [])
      await held[0]?.query(END_SESSIONS_OF_SERVICE, [])
      await takeAll()
    },
    meanwhile,
    async () => {
      for (const session of held) session.release(true)
      await hoard.end()
    },
  )
}
