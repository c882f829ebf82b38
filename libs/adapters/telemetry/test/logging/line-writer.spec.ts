import { openSync, closeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { LineWriter } from '../../src/logging/line-writer.ts'
import { useTemporaryFile } from './temporary-file.ts'

const file = useTemporaryFile()
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await setTimeout(1)
}

describe('LineWriter', () => {
  it('writes by itself, in order, whatever comes while it writes', async () => {
    const writer = new LineWriter(file.descriptor())
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index} ä\n`)
    for (const [index, line] of lines.entries()) {
      writer.write(line)
      if (index % 20 === 0) await setTimeout(1)
    }
    await until(() => file.content().length >= lines.join('').length)
    expect(file.content()).toBe(lines.join(''))
    expect(writer.dropped).toBe(0)
  })

  it('has written what waited when flush returns', () => {
    const writer = new LineWriter(file.descriptor())
    writer.write('one\n')
    writer.write('two\n')
    writer.flush()
    expect(file.content()).toBe('one\ntwo\n')
  })

  it('drops and counts what is too much to keep, and goes on', () => {
    const writer = new LineWriter(file.descriptor())
    const line = `${'x'.repeat(1024 * 1024 - 1)}\n`
    for (let count = 0; count < 6; count += 1) writer.write(line)
    expect(writer.dropped).toBe(2)
    writer.flush()
    writer.write('after\n')
    writer.flush()
    expect(file.content()).toBe(`${line.repeat(4)}after\n`)
  })

  it('counts what a full disk refuses, and neither throws nor waits', async () => {
    const full = openSync('/dev/full', 'w')
    const writer = new LineWriter(full)
    writer.write('one\n')
    writer.write('two\n')
    await until(() => writer.dropped === 2)
    writer.write('three\n')
    writer.flush()
    closeSync(full)
    expect(writer.dropped).toBe(3)
  })
})
