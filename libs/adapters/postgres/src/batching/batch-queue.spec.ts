import { setImmediate as nextTurn } from 'node:timers/promises'
import { Overloaded } from '@ac/kernel'
import { beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { BatchQueue } from './batch-queue.ts'

/** A batch under way: what is in it, and the ways in which it may end. */
interface Batch {
  readonly items: readonly number[]
  finish(results: readonly string[]): void
  fail(error: Error): void
}

let batches: Batch[] = []

beforeEach(() => void (batches = []))

/** A queue whose batches end when the test says so. */
const open = ({ maxWaiting = 100, maxBatch = 10 } = {}): BatchQueue<number, string> =>
  new BatchQueue({
    name: 'numbers',
    maxWaiting,
    maxBatch,
    run: (items) => {
      const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
      batches.push({ items, finish: resolve, fail: reject })
      return promise
    },
  })

/** The nth batch, when the queue has begun it. */
async function begun(index: number): Promise<Batch> {
  for (let turns = 0; turns < 10; turns++) {
    const batch = batches[index]
    if (batch) return batch
    await nextTurn()
  }
  throw new Error(`batch ${index} was not begun`)
}

const words = ({ items }: Batch): readonly string[] => items.map(String)

describe('BatchQueue', () => {
  it('gives each item its own result', async () => {
    const queue = open()
    const results = [1, 2, 3].map((item) => queue.submit(item))
    const batch = await begun(0)
    batch.finish(words(batch))
    expect([batch.items, await Promise.all(results)]).toEqual([
      [1, 2, 3],
      ['1', '2', '3'],
    ])
  })

  it('runs one batch at a time, and puts what comes meanwhile into the next', async () => {
    const queue = open()
    const early = queue.submit(1)
    const first = await begun(0)
    const late = [2, 3].map((item) => queue.submit(item))
    await nextTurn()
    expect(batches.map(({ items }) => items)).toEqual([[1]])
    first.finish(['one'])
    const second = await begun(1)
    expect(second.items).toEqual([2, 3])
    second.finish(['two', 'three'])
    expect([await early, ...(await Promise.all(late))]).toEqual(['one', 'two', 'three'])
  })

  it('puts no item into a batch that began before it came, and loses and doubles none, whatever the timing', async () => {
    const timing = fc.array(fc.record({ burst: fc.nat(5), turns: fc.nat(3) }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(timing, fc.integer({ min: 1, max: 4 }), async (steps, maxBatch) => {
        const seen: number[][] = []
        let running = 0
        let submitted = 0
        const queue = new BatchQueue<number, number>({
          name: 'numbers',
          maxWaiting: 1000,
          maxBatch,
          run: async (items) => {
            expect(++running).toBe(1)
            const known = submitted
            await nextTurn()
            expect(items.every((item) => item < known)).toBe(true)
            seen.push([...items])
            running--
            return items
          },
        })
        const answers: Promise<number>[] = []
        for (const { burst, turns } of steps) {
          for (let count = 0; count < burst; count++) answers.push(queue.submit(submitted++))
          for (let turn = 0; turn < turns; turn++) await nextTurn()
        }
        const all = Array.from({ length: submitted }, (_, index) => index)
        expect(await Promise.all(answers)).toEqual(all)
        expect(seen.flat()).toEqual(all)
        expect(seen.every(({ length }) => length <= maxBatch)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('begins no batch earlier than the interval after the last one began, and a lone one at once', async () => {
    const began: number[] = []
    const queue = new BatchQueue<number, number>({
      name: 'numbers',
      maxWaiting: 10,
      maxBatch: 10,
      minIntervalMs: 50,
      run: async (items) => {
        began.push(performance.now())
        return items
      },
    })
    const first = queue.submit(1)
    let turns = 0
    while (began.length === 0 && ++turns < 10) await nextTurn()
    expect(began).toHaveLength(1)
    await first
    await Promise.all([queue.submit(2), queue.submit(3)])
    await queue.submit(4)
    expect(began).toHaveLength(3)
    const gaps = began.slice(1).map((time, index) => time - (began[index] ?? 0))
    // A timer may fire up to a millisecond early.
    expect(Math.min(...gaps)).toBeGreaterThan(48)
  })

  it('splits what waits into batches of the greatest size, in order', async () => {
    const queue = open({ maxBatch: 2 })
    const results = [1, 2, 3, 4, 5].map((item) => queue.submit(item))
    for (const index of [0, 1, 2]) {
      const batch = await begun(index)
      batch.finish(words(batch))
    }
    await Promise.all(results)
    expect(batches.map(({ items }) => items)).toEqual([[1, 2], [3, 4], [5]])
  })

  it('refuses an item when as many wait as may, those under way not counted', async () => {
    const queue = open({ maxWaiting: 2, maxBatch: 1 })
    const running = queue.submit(1)
    await begun(0)
    const waiting = [queue.submit(2), queue.submit(3)]
    await expect(queue.submit(4)).rejects.toMatchObject({ constructor: Overloaded, queue: 'numbers' })
    batches[0]?.finish(['1'])
    await running
    await begun(1)
    const accepted = queue.submit(5)
    for (const index of [1, 2, 3]) {
      const batch = await begun(index)
      batch.finish(words(batch))
    }
    expect(await Promise.all([...waiting, accepted])).toEqual(['2', '3', '5'])
  })

  it('fails the items of a batch that fails, and no others', async () => {
    const queue = open({ maxBatch: 2 })
    const results = Promise.allSettled([1, 2, 3].map((item) => queue.submit(item)))
    const failure = new Error('lost')
    ;(await begun(0)).fail(failure)
    ;(await begun(1)).finish(['3'])
    expect(await results).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'rejected', reason: failure },
      { status: 'fulfilled', value: '3' },
    ])
  })

  it('goes on after a batch whose work threw at once', async () => {
    let calls = 0
    const queue = new BatchQueue<number, number>({
      name: 'numbers',
      maxWaiting: 10,
      maxBatch: 1,
      run: (items) => {
        if (++calls === 1) throw new Error('at once')
        return Promise.resolve(items)
      },
    })
    await expect(queue.submit(1)).rejects.toThrow('at once')
    expect(await queue.submit(2)).toBe(2)
  })

  it.each([[[]], [['1']], [['1', '2', '3']]])('fails every item when two get the results %j', async (results) => {
    const queue = open()
    const submitted = Promise.allSettled([queue.submit(1), queue.submit(2)])
    ;(await begun(0)).finish(results)
    expect((await submitted).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('is idle at once when nothing was ever submitted', async () => {
    await expect(open().idle()).resolves.toBeUndefined()
  })

  it('is idle when nothing waits and nothing runs, and not before', async () => {
    const queue = open({ maxBatch: 1 })
    const results = Promise.allSettled([queue.submit(1), queue.submit(2)])
    let idle = false
    const waited = queue.idle().then(() => (idle = true))
    const first = await begun(0)
    first.fail(new Error('lost'))
    const second = await begun(1)
    await nextTurn()
    expect(idle).toBe(false)
    second.finish(['2'])
    await waited
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    await expect(queue.idle()).resolves.toBeUndefined()
  })
})
