import { Metrics } from '../../src/metrics/metrics.ts'
import { readExposition } from './read-exposition.ts'

/**
 * The counters, and the counts of histograms, that `act` moves, each as its name, its label values and how often.
 * @param act is given the metrics that begin at zero
 */
export async function movedBy(act: (metrics: Metrics) => unknown): Promise<readonly string[]> {
  const metrics = new Metrics('1')
  await act(metrics)
  return readExposition((await metrics.expose()).body)
    .filter(({ name, value }) => /^ac_\w+(?:_total|_count)$/.test(name) && value > 0)
    .map(({ name, labels, value }) => [name, ...Object.values(labels), value].join(' '))
}
