import type { ChildServer } from '@ac/testbed'
import { burstGenerator } from './generator.ts'
import type { Burst, LoadResult } from './leg.ts'

/** What a process did that had not done anything before. */
export interface ColdStart {
  readonly startedInMs: number
  readonly burst: LoadResult
}

/** Starts new processes one after another, and meets each with a burst as soon as it listens. */
export async function measureColdStarts(
  count: number,
  startReplica: () => Promise<ChildServer>,
  burst: (server: ChildServer) => Burst,
): Promise<readonly ColdStart[]> {
  const measured: ColdStart[] = []
  while (measured.length < count) {
    // Started before the service, so that the burst comes in the first second.
    const generator = burstGenerator()
    const service = await startReplica()
    measured.push({ startedInMs: service.startedInMs, burst: await generator.run(burst(service)) })
    await service.stop()
  }
  return measured
}
