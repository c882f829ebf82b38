import { describe, expect, it } from '@jest/globals'
import { Overloaded } from '@ac/kernel'
import { Semaphore } from './semaphore.ts'

/** Tasks that end when they are told to, and know how many of them ran at once. */
class Tasks {
  running = 0
  most = 0
  readonly started: number[] = []
  readonly #ends: (() => void)[] = []

  task = async (name: number): Promise<number> => {
    this.started.push(name)
    this.most = Math.max(this.most, ++this.running)
    await new Promise<void>((resolve) => this.#ends.push(resolve))
    this.running--
    return name
  }

  endOne(): void {
    this.#ends.shift()?.()
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('Semaphore', () => {
  it('runs no more than its bound at once, in the order of arrival, and gives each its own result', async () => {
    const tasks = new Tasks()
    const semaphore = new Semaphore('argon2', { running: 2, waiting: 8 })
    const results = Promise.all([1, 2, 3, 4, 5, 6].map((name) => semaphore.run(() => tasks.task(name))))
    for (let ended = 0; ended < 6; ended++) {
      await settle()
      expect(tasks.running).toBe(Math.min(2, 6 - ended))
      tasks.endOne()
    }
    expect(await results).toEqual([1, 2, 3, 4, 5, 6])
    expect([tasks.most, tasks.started]).toEqual([2, [1, 2, 3, 4, 5, 6]])
  })

  it('refuses at once, and without calling it, a task that finds the queue full', async () => {
    const tasks = new Tasks()
    const semaphore = new Semaphore('argon2', { running: 1, waiting: 1 })
    const [running, waiting] = [1, 2].map((name) => semaphore.run(() => tasks.task(name)))
    await expect(semaphore.run(() => tasks.task(3))).rejects.toEqual(new Overloaded('argon2'))
    await expect(semaphore.run(() => tasks.task(3))).rejects.toMatchObject({ queue: 'argon2' })
    tasks.endOne()
    await running
    await settle()
    tasks.endOne()
    expect([await waiting, tasks.started]).toEqual([2, [1, 2]])
  })

  it('gives a freed place to who waits, not to who comes at that moment', async () => {
    const tasks = new Tasks()
    const semaphore = new Semaphore('argon2', { running: 1, waiting: 2 })
    const first = semaphore.run(() => tasks.task(1))
    const second = semaphore.run(() => tasks.task(2))
    tasks.endOne()
    await first
    const third = semaphore.run(() => tasks.task(3))
    for (const task of [second, third]) {
      await settle()
      expect(tasks.running).toBe(1)
      tasks.endOne()
      await task
    }
    expect([tasks.most, tasks.started]).toEqual([1, [1, 2, 3]])
  })

  it('frees the place of a task that fails, whether it rejects or throws', async () => {
    const semaphore = new Semaphore('argon2', { running: 1, waiting: 2 })
    const failures = [
      semaphore.run(() => Promise.reject(new Error('rejected'))),
      semaphore.run(() => {
        throw new Error('thrown')
      }),
      semaphore.run(() => Promise.resolve('done')),
    ]
    expect(await Promise.allSettled(failures)).toMatchObject([
      { reason: { message: 'rejected' } },
      { reason: { message: 'thrown' } },
      { value: 'done' },
    ])
    expect(await semaphore.run(() => Promise.resolve('again'))).toBe('again')
  })
})
