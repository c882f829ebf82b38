import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Burst, Load, LoadResult } from './leg.ts'

/** A load generator that runs and waits for what to do. */
export interface Generator<Task> {
  /**
   * To be called once.
   * @throws {Error} the generator failed; it has told why on standard error
   */
  readonly run: (task: Task) => Promise<LoadResult>
}

/** Starts the generator of loads. */
export const loadGenerator = (): Generator<Load> => start('./load.ts')

/** Starts the generator of bursts. */
export const burstGenerator = (): Generator<Burst> => start('./burst.ts')

function start<Task>(program: string): Generator<Task> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const output = Promise.all([text(child.stdout), once(child, 'close')])
  return {
    run: async (task) => {
      child.stdin.end(JSON.stringify(task))
      const [printed] = await output
      if (child.exitCode !== 0) throw new Error(`${program} ended with ${child.signalCode ?? child.exitCode}`)
      return JSON.parse(printed) as LoadResult
    },
  }
}
