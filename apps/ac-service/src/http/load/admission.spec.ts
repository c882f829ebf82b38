import { Overloaded } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admission } from './admission.ts'

/** Lets `count` ask to come in; how it went for each so far. */
function ask(admission: Admission, count: number): string[] {
  const ends = Array.from({ length: count }, () => 'waits')
  for (const index of ends.keys()) {
    admission.enter((refusal) => (ends[index] = refusal instanceof Overloaded ? 'refused' : 'in'))
  }
  return ends
}

describe('Admission', () => {
  it('lets in as many as may be in, has five times as many wait, and refuses the others', () => {
    const ends = ask(new Admission(2), 14)
    expect(ends).toEqual([...Array(2).fill('in'), ...Array(10).fill('waits'), ...Array(2).fill('refused')])
  })

  it('gives a free place to who has waited longest', () => {
    const admission = new Admission(1)
    const ends = ask(admission, 3)
    admission.leave()
    expect(ends).toEqual(['in', 'in', 'waits'])
    admission.leave()
    admission.leave()
    expect(ask(admission, 2)).toEqual(['in', 'waits'])
  })

  it('lets nobody wait long', async () => {
    const admission = new Admission(1)
    const ends = ask(admission, 2)
    await sleep(500)
    expect(ends).toEqual(['in', 'refused'])
    admission.leave()
    expect(ask(admission, 1)).toEqual(['in'])
  })
})
