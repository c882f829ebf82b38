import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { PeriodicTask } from './periodic-task.ts'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

/** A task every 10 ms whose runs the test ends by hand. */
function heldTask() {
  const started: PromiseWithResolvers<void>[] = []
  const task = new PeriodicTask(10, () => {
    const run = Promise.withResolvers<void>()
    started.push(run)
    return run.promise
  })
  return { task, started }
}

describe('PeriodicTask', () => {
  it('first runs after one pause', async () => {
    const { task, started } = heldTask()
    task.start()
    await jest.advanceTimersByTimeAsync(9)
    expect(started).toHaveLength(0)
    await jest.advanceTimersByTimeAsync(1)
    expect(started).toHaveLength(1)
  })

  it('never runs twice at once, and pauses after the end of each run', async () => {
    const { task, started } = heldTask()
    task.start()
    await jest.advanceTimersByTimeAsync(1000)
    expect(started).toHaveLength(1)
    started[0]?.resolve()
    await jest.advanceTimersByTimeAsync(9)
    expect(started).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(1)
    expect(started).toHaveLength(2)
  })

  it('runs no more after it was stopped', async () => {
    const { task, started } = heldTask()
    task.start()
    await task.stop()
    await jest.advanceTimersByTimeAsync(1000)
    expect(started).toHaveLength(0)
  })

  it('stops when the run that is under way has ended, and begins no other', async () => {
    const { task, started } = heldTask()
    task.start()
    await jest.advanceTimersByTimeAsync(10)
    let stopped = false
    const stopping = task.stop().then(() => (stopped = true))
    await jest.advanceTimersByTimeAsync(100)
    expect(stopped).toBe(false)
    started[0]?.resolve()
    await stopping
    await jest.advanceTimersByTimeAsync(1000)
    expect(started).toHaveLength(1)
  })

  it('may be stopped before it was started, and then does not start', async () => {
    const { task, started } = heldTask()
    await task.stop()
    task.start()
    await jest.advanceTimersByTimeAsync(1000)
    expect(started).toHaveLength(0)
  })

  it('runs at once when it is woken, and pauses after that run', async () => {
    const { task, started } = heldTask()
    task.start()
    task.wake()
    await jest.advanceTimersByTimeAsync(0)
    expect(started).toHaveLength(1)
    started[0]?.resolve()
    await jest.advanceTimersByTimeAsync(9)
    expect(started).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(1)
    expect(started).toHaveLength(2)
  })

  it('runs once more after the run under way, without a pause, however often it was woken meanwhile', async () => {
    const { task, started } = heldTask()
    task.start()
    await jest.advanceTimersByTimeAsync(10)
    for (let time = 0; time < 3; time++) task.wake()
    await jest.advanceTimersByTimeAsync(100)
    expect(started).toHaveLength(1)
    started[0]?.resolve()
    await jest.advanceTimersByTimeAsync(0)
    expect(started).toHaveLength(2)
    started[1]?.resolve()
    await jest.advanceTimersByTimeAsync(9)
    expect(started).toHaveLength(2)
  })

  it('is not woken any more when it was stopped', async () => {
    const { task, started } = heldTask()
    task.start()
    await jest.advanceTimersByTimeAsync(10)
    task.wake()
    const stopping = task.stop()
    started[0]?.resolve()
    await stopping
    task.wake()
    await jest.advanceTimersByTimeAsync(1000)
    expect(started).toHaveLength(1)
  })
})
