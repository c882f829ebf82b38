import { setTimeout as sleep } from 'node:timers/promises'
import type { Experiment, Fault } from '../experiment.ts'
import { slowDown } from '../stage/slow-tables.ts'
import { withFullDisk } from './full-disk.ts'
import { withNoConnectionLeft } from './no-connection-left.ts'

const sql =
  (experiment: Experiment, text: string): (() => Promise<unknown>) =>
  () =>
    experiment.stage.query(text)

/** The database answers, but not as it should. */
export const databaseIll: readonly Fault[] = [
  {
    name: 'each audit INSERT takes 300 ms (pg_sleep)',
    perSecond: 50,
    run: async (experiment) => {
      await experiment.damage(
        () => slowDown(experiment.stage, 'audit_events', 0.3),
        () => sleep(5000),
        () => slowDown(experiment.stage, 'audit_events', 0),
      )
      const failed = experiment.traffic.requests.filter(({ failure }) => failure !== undefined)
      experiment.promise('a slow query fails no request', failed.length === 0)
    },
  },
  {
    name: 'each audit INSERT takes 20 s (statement timeout)',
    recoversWithinMs: 5500,
    run: (experiment) =>
      experiment.damage(
        () => slowDown(experiment.stage, 'audit_events', 20),
        () => sleep(8000),
        () => slowDown(experiment.stage, 'audit_events', 0),
      ),
  },
  {
    name: 'table of clients locked for 6 s',
    recoversWithinMs: 5500,
    run: async (experiment) => {
      const lock = 'lock table clients in access exclusive mode; select pg_sleep(6)'
      let held: Promise<unknown> = Promise.resolve()
      await experiment.damage(
        () => (held = experiment.stage.query(lock)),
        async () => {},
        () => held,
      )
    },
  },
  {
    name: 'every connection of the server taken',
    recoversWithinMs: 5000,
    run: (experiment) => withNoConnectionLeft(experiment, () => sleep(5000)),
  },
  {
    name: 'disk full under the audit table',
    run: (experiment) => withFullDisk(experiment, () => sleep(4000)),
  },
  {
    name: 'audit INSERT refused',
    run: (experiment) =>
      experiment.damage(
        sql(experiment, 'revoke insert on audit_events from ac_service'),
        () => sleep(4000),
        sql(experiment, 'grant insert on audit_events to ac_service'),
      ),
  },
  {
    name: 'fail-over to a read-only server, then promoted',
    run: async (experiment) => {
      const readOnly =
        (on: boolean): (() => Promise<void>) =>
        async () => {
          const { query } = experiment.stage
          await query(`alter system set default_transaction_read_only = ${on ? 'on' : 'off'}`)
          await query('select pg_reload_conf()')
        }
      await experiment.damage(
        readOnly(true),
        async () => {
          await experiment.everyReplicaIs(503, 3000)
          await sleep(3000)
        },
        async () => {
          // This session is read-only as well, and ALTER SYSTEM is allowed there.
          await readOnly(false)()
        },
      )
      await experiment.everyReplicaIs(200, 5000)
    },
  },
]
