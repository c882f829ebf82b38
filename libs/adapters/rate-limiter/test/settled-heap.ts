import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of heap in use when all garbage is gone. */
export async function settledHeap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collectGarbage()
    await sleep(10)
  }
  return process.memoryUsage().heapUsed
}
