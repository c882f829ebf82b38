import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { Overloaded } from '@ac/kernel'

/** How a {@link BatchQueue} works. */
export interface BatchQueueOptions<Item, Result> {
  /** For {@link Overloaded}: which queue was full. */
  readonly name: string
  /** Items that may wait for the next batch. */
  readonly maxWaiting: number
  /** Items that one batch may hold. */
  readonly maxBatch: number
  /** Least time from the beginning of one batch to that of the next, in whole milliseconds; 0 unless given. */
  readonly minIntervalMs?: number
  /** Does the work for all items; gives the results in the items' order. When it throws, every item fails with that. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Turns many single acts into few big ones: one batch runs at a time, and what arrives meanwhile shares the next one.
 * So a batch never sees an item that came after it began, and batches grow with the load. Each batch begins in a turn of
 * the event loop of its own, so that requests which arrived together, or were answered together by the last one, meet;
 * under load it begins no earlier than the interval after the last, since a batch costs as much as many of its items.
 */
export class BatchQueue<Item, Result> {
  readonly #options: BatchQueueOptions<Item, Result>
  #waiting: Waiting<Item, Result>[] = []
  #running = false
  #lastBegan = Number.NEGATIVE_INFINITY
  #whenIdle: (() => void)[] = []

  constructor(options: BatchQueueOptions<Item, Result>) {
    this.#options = options
  }

  /** @throws {Overloaded} too many wait already */
  submit(item: Item): Promise<Result> {
    if (this.#waiting.length >= this.#options.maxWaiting) return Promise.reject(new Overloaded(this.#options.name))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      if (!this.#running) void this.#drain()
    })
  }

  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void> {
    if (!this.#running) return Promise.resolve()
    return new Promise((resolve) => void this.#whenIdle.push(resolve))
  }

  async #drain(): Promise<void> {
    this.#running = true
    while (this.#waiting.length > 0) {
      await this.#gather()
      this.#lastBegan = performance.now()
      await this.#runBatch(this.#waiting.splice(0, this.#options.maxBatch))
    }
    this.#running = false
    for (const resolve of this.#whenIdle.splice(0)) resolve()
  }

  /** Lets items meet before a batch begins. */
  async #gather(): Promise<void> {
    const ms = Math.ceil(this.#lastBegan + (this.#options.minIntervalMs ?? 0) - performance.now())
    await (ms > 0 ? sleep(ms) : nextTurn())
  }

  async #runBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.run(batch.map(({ item }) => item))
      if (results.length !== batch.length) throw new Error('a batch must give one result for each item')
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}
