import { createHistogram } from 'node:perf_hooks'

const PERCENTILES = [50, 90, 99, 99.9, 100] as const

/** Percentiles of some latencies, in milliseconds; `NaN` when there were none. */
export type Percentiles = Readonly<Record<(typeof PERCENTILES)[number], number>>

/** Latencies in constant memory: an HDR histogram with an error under one per cent, up to two minutes. */
export class Latencies {
  readonly #histogram = createHistogram({ lowest: 1, highest: 120_000_000, figures: 3 })

  record(ms: number): void {
    this.#histogram.record(Math.min(120_000_000, Math.max(1, Math.round(ms * 1000))))
  }

  get count(): number {
    return this.#histogram.count
  }

  percentile(percent: number): number {
    return this.count === 0 ? Number.NaN : this.#histogram.percentile(percent) / 1000
  }

  percentiles(): Percentiles {
    return Object.fromEntries(PERCENTILES.map((percent) => [percent, this.percentile(percent)])) as Percentiles
  }
}
