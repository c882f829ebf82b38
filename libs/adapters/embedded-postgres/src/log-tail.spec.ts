import { describe, expect, it } from '@jest/globals'
import { LogTail } from './log-tail.ts'

describe('LogTail', () => {
  it('keeps the end of a long log and no more than 16,384 characters', () => {
    const log = new LogTail()
    for (let line = 0; line < 10_000; line += 1) log.append(`line ${line}\n`)
    expect(log.text).toHaveLength(16_384)
    expect(log.lastLines.split('\n')).toHaveLength(20)
    expect(log.lastLines.endsWith('line 9999')).toBe(true)
  })

  it('says that a silent program wrote nothing', () => {
    expect(new LogTail().lastLines).toBe('(nothing)')
  })
})
