import { setTimeout as sleep } from 'node:timers/promises'
import { Unavailable } from '@ac/kernel'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { BatchQueue } from './batch-queue.ts'
import type { Patience } from './patience.ts'

/** The batches that were begun, each with the way to end it. */
let batches: { readonly items: readonly string[]; finish(): void }[] = []
let patience: Patience | undefined

beforeEach(() => {
  batches = []
  patience = undefined
})

/** A queue whose batches hold one item, and end when the test says so. */
const open = (matters?: (item: string) => boolean): BatchQueue<string, string> =>
  new BatchQueue({
    name: 'letters',
    maxWaiting: 5,
    maxBatch: 1,
    patience: () => patience,
    ...(matters && { matters }),
    run: (items) => {
      const { promise, resolve } = Promise.withResolvers<readonly string[]>()
      batches.push({ items, finish: () => resolve(items) })
      return promise
    },
  })

const forMs = (ms: number): Patience => ({ endsAt: performance.now() + ms, gone: false })
const inTime = { constructor: Unavailable, dependency: 'letters' }
const begun = () => batches.map(({ items }) => items[0])

describe('BatchQueue and patience', () => {
  it('tells who waits for a batch that hangs when his patience is over', async () => {
    patience = forMs(100)
    const begin = performance.now()
    await expect(open().submit('a')).rejects.toMatchObject(inTime)
    expect(performance.now() - begin).toBeGreaterThanOrEqual(99)
    expect(begun()).toEqual(['a'])
  })

  it('has a patience of a second and a half where nobody says another', async () => {
    const begin = performance.now()
    await expect(open().submit('a')).rejects.toMatchObject(inTime)
    expect(performance.now() - begin).toBeGreaterThanOrEqual(1499)
  })

  it('tells who waits behind a batch that hangs, and leaves out what he asked for', async () => {
    const queue = open()
    patience = forMs(60_000)
    const hanging = queue.submit('a')
    patience = forMs(100)
    const impatient = [queue.submit('b'), queue.submit('c')]
    patience = forMs(60_000)
    const patient = queue.submit('d')
    for (const each of impatient) await expect(each).rejects.toMatchObject(inTime)
    batches[0]?.finish()
    expect(await hanging).toBe('a')
    await sleep(20)
    batches[1]?.finish()
    expect(await patient).toBe('d')
    expect(begun()).toEqual(['a', 'd'])
  })

  it('makes room for others when it leaves something out', async () => {
    const queue = open()
    patience = forMs(100)
    const submitted = ['a', 'b', 'c', 'd', 'e', 'f'].map((item) => queue.submit(item))
    await Promise.allSettled(submitted)
    patience = forMs(60_000)
    const later = ['g', 'h', 'i', 'j'].map((item) => queue.submit(item))
    for (let index = 0; index < 5; index++) {
      await sleep(10)
      batches[index]?.finish()
    }
    expect(await Promise.all(later)).toEqual(['g', 'h', 'i', 'j'])
  })

  it('begins no work for who has gone away meanwhile', async () => {
    const queue = open()
    const hanging = queue.submit('a')
    const caller = { endsAt: performance.now() + 60_000, gone: false }
    patience = caller
    const abandoned = queue.submit('b')
    patience = undefined
    const next = queue.submit('c')
    caller.gone = true
    await sleep(5)
    batches[0]?.finish()
    await expect(abandoned).rejects.toMatchObject(inTime)
    await sleep(20)
    batches[1]?.finish()
    expect([await hanging, await next]).toEqual(['a', 'c'])
    expect(begun()).toEqual(['a', 'c'])
  })

  it('does what matters even if nobody waits for it any more', async () => {
    const queue = open((item) => item === 'matters')
    const hanging = queue.submit('a')
    patience = forMs(100)
    const left = [queue.submit('matters'), queue.submit('does not')]
    for (const each of left) await expect(each).rejects.toMatchObject(inTime)
    batches[0]?.finish()
    await hanging
    await sleep(20)
    batches[1]?.finish()
    await queue.idle()
    expect(begun()).toEqual(['a', 'matters'])
  })

  it('is idle when all that waits was left out', async () => {
    const queue = open()
    const hanging = queue.submit('a')
    patience = { endsAt: performance.now() + 60_000, gone: true }
    const gone = queue.submit('b')
    batches[0]?.finish()
    await sleep(5)
    batches[0]?.finish()
    await expect(gone).rejects.toMatchObject(inTime)
    await hanging
    await expect(queue.idle()).resolves.toBeUndefined()
  })
})
