import { beforeEach, describe, expect, it } from '@jest/globals'
import { ConnectionGate } from './connection-gate.ts'

let now = 0
const open = (burst = 100, random = 1) =>
  new ConnectionGate(
    burst,
    () => random,
    () => now,
  )

beforeEach(() => void (now = 1000))

describe('ConnectionGate', () => {
  it('lets four attempts be under way at once while they succeed', () => {
    const gate = open()
    expect([0, 1, 2, 3, 4].map((underWay) => gate.pauseMs(underWay))).toEqual([0, 0, 0, 0, Number.POSITIVE_INFINITY])
  })

  it('lets one attempt be under way after one has failed, and keeps why', () => {
    const gate = open()
    gate.failed('refused')
    now += 1000
    expect([gate.pauseMs(0), gate.pauseMs(1)]).toEqual([0, Number.POSITIVE_INFINITY])
    expect(gate.failure).toBe('refused')
  })

  it('doubles the pause with each failure, up to half a second', () => {
    const gate = open()
    const pauses = Array.from({ length: 6 }, () => {
      gate.failed('refused')
      const pause = gate.pauseMs(0)
      now += pause
      return pause
    })
    expect(pauses).toEqual([50, 100, 200, 400, 500, 500])
  })

  it('takes a random part of the pause, at least half of it', () => {
    const pauses = [0, 0.5, 1].map((random) => {
      const gate = open(100, random)
      gate.failed('refused')
      return gate.pauseMs(0)
    })
    expect(pauses).toEqual([25, 38, 50])
  })

  it('is open again at once after a success', () => {
    const gate = open()
    for (let failure = 0; failure < 5; failure++) gate.failed('refused')
    gate.succeeded()
    expect([gate.pauseMs(0), gate.pauseMs(3), gate.failure]).toEqual([0, 0, undefined])
    gate.failed('refused')
    expect(gate.pauseMs(0)).toBe(50)
  })

  it('lets no more through than the burst and then five a second, even if all succeed', () => {
    const gate = open(20)
    let through = 0
    for (let ms = 0; ms < 10_000; ms += 10) {
      now += 10
      while (gate.pauseMs(0) === 0) {
        gate.began()
        gate.succeeded()
        through++
      }
    }
    expect(through).toBeGreaterThanOrEqual(69)
    expect(through).toBeLessThanOrEqual(70)
  })

  it('says how long it is until the next right grows back', () => {
    const gate = open(1)
    gate.began()
    expect(gate.pauseMs(0)).toBe(200)
    now += 150
    expect(gate.pauseMs(0)).toBe(50)
  })
})
