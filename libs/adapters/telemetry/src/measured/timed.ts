import type { Outcome } from '../metrics/labels.ts'
import { outcomeOf } from '../outcome.ts'

/** Tells `ended` how `work` ended and how long it took, in seconds. */
export async function timed<T>(
  work: () => Promise<T>,
  ended: (outcome: Outcome, seconds: number, error: unknown) => void,
): Promise<T> {
  const begin = performance.now()
  const secondsSince = (): number => (performance.now() - begin) / 1000
  try {
    const result = await work()
    ended('success', secondsSince(), undefined)
    return result
  } catch (error) {
    ended(outcomeOf(error), secondsSince(), error)
    throw error
  }
}
