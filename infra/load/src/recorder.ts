import { Latencies, type Percentiles } from './latencies.ts'
import type { Outcome } from './open-load.ts'

/** What happened to the requests that were due in one stretch of time. */
export interface Stretch {
  /** Its beginning, in seconds since the load began. */
  readonly second: number
  readonly answered: number
  readonly failed: number
  readonly latencyMs: Percentiles
  /** Resident memory of each replica at its end, in MiB; empty where the system does not tell it. */
  readonly memoryMib: readonly number[]
}

/** Upper bounds of the printed histogram, in milliseconds. The SLO's bound is one of them. */
export const BUCKETS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 350, 500, 1000, 2000, 5000] as const

/** A load's whole result. */
export interface Result {
  readonly requests: number
  /** Failed requests by their kind. */
  readonly failures: Readonly<Record<string, number>>
  /** Of answered requests. */
  readonly latencyMs: Percentiles
  /** Answered requests up to each of {@link BUCKETS_MS}, and beyond the last. Not cumulative. */
  readonly histogram: readonly number[]
  /** The most that the generator itself was late. */
  readonly latenessMs: number
  readonly stretches: readonly Stretch[]
}

interface OpenStretch {
  readonly latencies: Latencies
  failed: number
  memoryMib: readonly number[]
}

/** The report has no more stretches than this, however long the load. */
const MOST_STRETCHES = 240

/** Sums up outcomes as they come, in memory that does not grow with their number. */
export class Recorder {
  readonly stretchSeconds: number
  readonly #all = new Latencies()
  readonly #failures = new Map<string, number>()
  readonly #histogram = Array.from({ length: BUCKETS_MS.length + 1 }, () => 0)
  readonly #stretches: OpenStretch[]
  #requests = 0
  #latenessMs = 0

  constructor(seconds: number) {
    this.stretchSeconds = Math.ceil(seconds / MOST_STRETCHES)
    this.#stretches = Array.from({ length: Math.ceil(seconds / this.stretchSeconds) }, () => ({
      latencies: new Latencies(),
      failed: 0,
      memoryMib: [],
    }))
  }

  record({ dueMs, latencyMs, latenessMs, failure }: Outcome): void {
    this.#requests += 1
    this.#latenessMs = Math.max(this.#latenessMs, latenessMs)
    const stretch = this.#stretches[Math.floor(dueMs / 1000 / this.stretchSeconds)]
    if (failure !== undefined) {
      this.#failures.set(failure, (this.#failures.get(failure) ?? 0) + 1)
      if (stretch) stretch.failed += 1
      return
    }
    this.#all.record(latencyMs)
    stretch?.latencies.record(latencyMs)
    const bucket = BUCKETS_MS.findIndex((bound) => latencyMs <= bound)
    const index = bucket === -1 ? BUCKETS_MS.length : bucket
    this.#histogram[index] = (this.#histogram[index] ?? 0) + 1
  }

  /** Notes the memory of the replicas `second` seconds after the load began. */
  recordMemory(second: number, memoryMib: readonly number[]): void {
    const stretch = this.#stretches[Math.floor(second / this.stretchSeconds)]
    if (stretch) stretch.memoryMib = memoryMib
  }

  result(): Result {
    return {
      requests: this.#requests,
      failures: Object.fromEntries(this.#failures),
      latencyMs: this.#all.percentiles(),
      histogram: [...this.#histogram],
      latenessMs: this.#latenessMs,
      stretches: this.#stretches.map(({ latencies, failed, memoryMib }, index) => ({
        second: index * this.stretchSeconds,
        answered: latencies.count,
        failed,
        latencyMs: latencies.percentiles(),
        memoryMib,
      })),
    }
  }
}
