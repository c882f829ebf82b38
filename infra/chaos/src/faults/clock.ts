import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../experiment.ts'

/** Where Debian's package libfaketime puts it, by architecture. */
const LIBRARIES = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)

/** A replica whose clock is wrong. */
export const clock: readonly Fault[] = [
  {
    name: 'a replica whose clock is two hours ahead',
    replicasLive: false,
    byReadiness: true,
    run: async (experiment) => {
      const library = LIBRARIES.find((path) => existsSync(path))
      if (library === undefined) throw new Error("Debian's package libfaketime is not installed")
      const [slot, other] = experiment.stage.replicas
      await experiment.damage(
        async () => {
          await slot.replica.stop()
          await slot.start({ LD_PRELOAD: library, FAKETIME: '+2h', FAKETIME_DONT_FAKE_MONOTONIC: '1' })
        },
        async () => {
          await sleep(3000)
          experiment.promise('a wrong clock is not ready', (await slot.managementStatus('/ready')) === 503)
          experiment.promise('a right clock is', (await other.managementStatus('/ready')) === 200)
          experiment.promise('/health is 200', (await slot.managementStatus('/health')) === 200)
        },
        async () => {
          await slot.replica.stop()
          await slot.start()
        },
      )
      const failed = experiment.traffic.requests.filter(({ failure }) => failure !== undefined).length
      experiment.promise(`no request fails, yet ${failed}`, failed === 0)
    },
  },
]
