import { describe, expect, it } from '@jest/globals'
import type { Outcome } from './open-load.ts'
import { Recorder } from './recorder.ts'

const outcome = (over: Partial<Outcome>): Outcome => ({
  dueMs: 0,
  latencyMs: 3,
  latenessMs: 0,
  failure: undefined,
  answer: '',
  ...over,
})

describe('Recorder', () => {
  it('sums up latencies, failures by kind, and the lateness of the generator', () => {
    const recorder = new Recorder(2)
    for (let index = 0; index < 99; index += 1) recorder.record(outcome({ latencyMs: 3 }))
    recorder.record(outcome({ latencyMs: 400, latenessMs: 7 }))
    recorder.record(outcome({ failure: 'status 503' }))
    recorder.record(outcome({ failure: 'status 503' }))
    recorder.record(outcome({ failure: 'timeout' }))
    const result = recorder.result()
    expect(result).toMatchObject({ requests: 103, failures: { 'status 503': 2, timeout: 1 }, latenessMs: 7 })
    expect(result.latencyMs[50]).toBeCloseTo(3, 1)
    expect(result.latencyMs[100]).toBeGreaterThan(398)
    expect(result.histogram[2]).toBe(99)
    expect(result.histogram[9]).toBe(1)
  })

  it('puts each outcome into the second in which it was due', () => {
    const recorder = new Recorder(3)
    recorder.record(outcome({ dueMs: 999 }))
    recorder.record(outcome({ dueMs: 1000 }))
    recorder.record(outcome({ dueMs: 2999, failure: 'timeout' }))
    recorder.recordMemory(1.5, [120, 130])
    expect(recorder.result().stretches).toMatchObject([
      { second: 0, answered: 1, failed: 0, memoryMib: [] },
      { second: 1, answered: 1, failed: 0, memoryMib: [120, 130] },
      { second: 2, answered: 0, failed: 1 },
    ])
  })

  it('has no more stretches for a day than fit a plot', () => {
    const recorder = new Recorder(86_400)
    expect(recorder.stretchSeconds).toBe(360)
    expect(recorder.result().stretches).toHaveLength(240)
  })

  it('gives no latency where nothing was answered', () => {
    expect(new Recorder(1).result().latencyMs[99]).toBeNaN()
  })
})
