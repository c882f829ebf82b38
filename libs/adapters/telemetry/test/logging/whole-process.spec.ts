import { spawn, type StdioPipe } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const PROGRAM = fileURLToPath(new URL('./programs/log-and-exit.ts', import.meta.url))
const NODE_OPTIONS = ['-C', '@ac/source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning']

const start = (standardOutput: StdioPipe | number, ...args: string[]) => {
  const child = spawn(process.execPath, [...NODE_OPTIONS, PROGRAM, ...args], {
    stdio: ['ignore', standardOutput, 'inherit', 'ipc'],
    timeout: 20_000,
  })
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  return { child, standardOutput: child.stdout, exited }
}

const numbersIn = (lines: string): readonly number[] =>
  lines
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { port: number }).port)

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1)

describe('a process that logs', () => {
  it('loses no line when it exits at once', async () => {
    const { standardOutput, exited } = start('pipe', '2000')
    if (!standardOutput) throw new Error('no pipe')
    expect(numbersIn(await text(standardOutput))).toEqual(upTo(2000))
    expect(await exited).toBe(0)
  }, 30_000)

  it('loses no line to a reader that starts late', async () => {
    const { child, standardOutput, exited } = start('pipe', '8000', 'non-blocking')
    if (!standardOutput) throw new Error('no pipe')
    await once(child, 'message')
    expect(numbersIn(await text(standardOutput))).toEqual(upTo(8000))
    expect(await exited).toBe(0)
  }, 30_000)

  it('exits when its disk is full', async () => {
    const full = openSync('/dev/full', 'w')
    const { exited } = start(full, '2000')
    closeSync(full)
    expect(await exited).toBe(0)
  }, 30_000)

  it('exits when its reader is gone', async () => {
    const { standardOutput, exited } = start('pipe', '2000')
    standardOutput?.destroy()
    expect(await exited).toBe(0)
  }, 30_000)
})
