import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { Overloaded, Unavailable } from '@ac/kernel'
import { LONGEST_PATIENCE_MS, type Patience, type PatienceOfCaller } from './patience.ts'

/** How often it is looked who has lost patience. */
const LOOK_MS = 50

/** How a {@link BatchQueue} works. */
export interface BatchQueueOptions<Item, Result> {
  /** For {@link Overloaded} and {@link Unavailable}: what is queued for. */
  readonly name: string
  /** Items that may wait for the next batch. */
  readonly maxWaiting: number
  /** Items that one batch may hold. */
  readonly maxBatch: number
  /** Least time from the beginning of one batch to that of the next, in whole milliseconds; 0 unless given. */
  readonly minIntervalMs?: number
  /** Asked for each item; {@link LONGEST_PATIENCE_MS} from then on unless it says otherwise. */
  readonly patience?: PatienceOfCaller | undefined
  /** What a caller gets who lost patience; {@link Unavailable} unless given. */
  readonly tooLate?: () => Error
  /** Whether an item is worked on even if nobody waits for it any more; none is unless given. */
  readonly matters?: (item: Item) => boolean
  /** Does the work for all items; gives the results in the items' order. When it throws, every item fails with that. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly patience: Patience
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Turns many single acts into few big ones: one batch runs at a time, and what arrives meanwhile shares the next one.
 * So a batch never sees an item that came after it began, and batches grow with the load. Each batch begins in a turn of
 * the event loop of its own, so that requests which arrived together, or were answered together by the last one, meet;
 * under load it begins no earlier than the interval after the last, since a batch costs as much as many of its items.
 *
 * Nobody waits longer than his patience lasts, however long a batch takes. An item that nobody waits for any more is left
 * out, unless it matters by itself; one that is under way may still be done.
 */
export class BatchQueue<Item, Result> {
  readonly #options: BatchQueueOptions<Item, Result>
  #waiting: Waiting<Item, Result>[] = []
  #underWay: readonly Waiting<Item, Result>[] = []
  #running = false
  #looking = false
  #lastBegan = Number.NEGATIVE_INFINITY
  #whenIdle: (() => void)[] = []

  constructor(options: BatchQueueOptions<Item, Result>) {
    this.#options = options
  }

  /**
   * @throws {Overloaded} too many wait already
   * @throws {Unavailable} or what {@link BatchQueueOptions.tooLate} gives: it took longer than the caller's patience
   */
  submit(item: Item): Promise<Result> {
    if (this.#waiting.length >= this.#options.maxWaiting) return Promise.reject(new Overloaded(this.#options.name))
    const patience = this.#options.patience?.() ?? { endsAt: performance.now() + LONGEST_PATIENCE_MS, gone: false }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, patience, resolve, reject })
      if (!this.#running) void this.#drain()
      if (!this.#looking) this.#lookLater()
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
      const next = this.#waiting.splice(0, this.#options.maxBatch).filter((waiting) => this.#isWanted(waiting))
      if (next.length > 0) await this.#runBatch(next)
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
    this.#lastBegan = performance.now()
    this.#underWay = batch
    try {
      const results = await this.#options.run(batch.map(({ item }) => item))
      if (results.length !== batch.length) throw new Error('a batch must give one result for each item')
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    this.#underWay = []
  }

  /** Tells those who have lost patience, wherever their items are, and leaves items out that nobody waits for. */
  #look(): void {
    const now = performance.now()
    for (const waiting of [...this.#underWay, ...this.#waiting])
      if (waiting.patience.endsAt <= now) this.#giveUp(waiting)
    this.#waiting = this.#waiting.filter((waiting) => this.#isWanted(waiting))
    this.#looking = false
    if (this.#running) this.#lookLater()
  }

  #lookLater(): void {
    this.#looking = true
    setTimeout(() => this.#look(), LOOK_MS).unref()
  }

  #isWanted(waiting: Waiting<Item, Result>): boolean {
    const { endsAt, gone } = waiting.patience
    if (!gone && endsAt > performance.now()) return true
    this.#giveUp(waiting)
    return this.#options.matters?.(waiting.item) ?? false
  }

  /** What happens to the item after this, its caller does not hear. */
  #giveUp({ reject }: Waiting<Item, Result>): void {
    const { name, tooLate } = this.#options
    reject(tooLate?.() ?? new Unavailable(name, { cause: new Error('no answer in time') }))
  }
}
