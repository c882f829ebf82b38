import { expect } from '@jest/globals'
import type { Announced, StartProcess } from './start-process.ts'
import { runningWith } from './start-processes.ts'

/** Nothing of a start is alive or listens any more. */
export async function expectGone(start: StartProcess, folder: string, announced?: Announced): Promise<void> {
  await start.leftNothing()
  expect(await runningWith(folder)).toEqual([])
  for (const url of announced ? [announced.api, announced.management] : []) {
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  }
}
