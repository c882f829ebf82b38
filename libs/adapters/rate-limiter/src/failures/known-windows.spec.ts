import { describe, expect, it } from '@jest/globals'
import { KnownWindows } from './known-windows.ts'

describe('KnownWindows', () => {
  it('knows a window until it is over', () => {
    const windows = new KnownWindows(10)
    windows.remember('a', { count: 3, endsAt: 1000 })
    expect(windows.find('a', 999)).toEqual({ count: 3, endsAt: 1000 })
    expect(windows.find('a', 1000)).toBeUndefined()
    expect(windows.size).toBe(0)
  })

  it('knows the latest of what it was told', () => {
    const windows = new KnownWindows(10)
    windows.remember('a', { count: 1, endsAt: 1000 })
    windows.remember('a', { count: 2, endsAt: 1000 })
    expect(windows.find('a', 0)?.count).toBe(2)
    expect(windows.size).toBe(1)
  })

  it('forgets, when it is full, what was counted in least lately', () => {
    const windows = new KnownWindows(2)
    for (const key of ['a', 'b', 'a', 'c']) windows.remember(key, { count: 1, endsAt: 1000 })
    expect(['a', 'b', 'c'].map((key) => windows.find(key, 0)?.count)).toEqual([1, undefined, 1])
  })

  it('holds no more after a million keys than it may', () => {
    const windows = new KnownWindows(100)
    for (let key = 0; key < 1_000_000; key++) windows.remember(String(key), { count: 1, endsAt: 1000 })
    expect(windows.size).toBe(100)
  })
})
