import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { WaitingLine } from './waiting-line.ts'

const tooLong = () => new Error('too long')

describe('WaitingLine', () => {
  it('serves who came first', async () => {
    const line = new WaitingLine<string>()
    const turns = ['a', 'b', 'c'].map(() => line.join(10_000, tooLong))
    expect(line.size).toBe(3)
    for (const value of ['one', 'two', 'three']) line.serve(value)
    expect(await Promise.all(turns)).toEqual(['one', 'two', 'three'])
    expect(line.size).toBe(0)
  })

  it('lets go who has waited too long, and serves the next one', async () => {
    const line = new WaitingLine<string>()
    const [impatient, patient] = [line.join(10, tooLong), line.join(10_000, tooLong)]
    await expect(impatient).rejects.toThrow('too long')
    line.serve('one')
    expect(await patient).toBe('one')
  })

  it('tells everybody when there is nothing to wait for', async () => {
    const line = new WaitingLine<string>()
    const turns = Promise.allSettled([line.join(10, tooLong), line.join(10_000, tooLong)])
    line.refuseAll(() => new Error('closed'))
    await sleep(30)
    expect((await turns).map((end) => (end.status === 'rejected' ? String(end.reason) : end.value))).toEqual([
      'Error: closed',
      'Error: closed',
    ])
    expect(line.size).toBe(0)
  })

  it('has nothing to give when nobody waits', () => {
    expect(() => new WaitingLine<string>().serve('one')).toThrow('nobody waits')
  })
})
