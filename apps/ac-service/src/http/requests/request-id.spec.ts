import { describe, expect, it } from '@jest/globals'
import { requestIds } from './request-id.ts'

describe('requestIds', () => {
  it('never gives an id twice, in one process or in two', () => {
    const [one, other] = [requestIds(), requestIds()]
    const ids = Array.from({ length: 1000 }, () => [one(), other()]).flat()
    expect(new Set(ids).size).toBe(2000)
  })

  it('gives ids that a log line and a URL can carry', () => {
    expect(requestIds()()).toMatch(/^[\w-]{12}-0$/)
  })
})
