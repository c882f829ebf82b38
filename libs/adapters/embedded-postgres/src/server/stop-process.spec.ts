import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from '@jest/globals'
import { stopProcess } from './stop-process.ts'

/** A shell that does as `traps` says, and is ready to do so. */
async function shell(traps: string): Promise<ChildProcess> {
  const script = `${traps}; echo ready; while :; do sleep 0.05; done`
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  if (child.stdout !== null) await once(child.stdout, 'data')
  return child
}

describe('stopProcess', () => {
  it('asks for a fast shutdown first', async () => {
    const child = await shell("trap 'exit 3' INT; trap 'exit 4' QUIT")
    await stopProcess(child)
    expect(child.exitCode).toBe(3)
  })

  it('asks for an immediate shutdown when the fast one hangs', async () => {
    const child = await shell("trap '' INT; trap 'exit 4' QUIT")
    await stopProcess(child, 200)
    expect(child.exitCode).toBe(4)
  })

  it('kills what heeds neither', async () => {
    const child = await shell("trap '' INT QUIT")
    await stopProcess(child, 100)
    expect(child.signalCode).toBe('SIGKILL')
  })

  it('wakes a frozen process', async () => {
    const child = await shell("trap 'exit 3' INT")
    child.kill('SIGSTOP')
    await stopProcess(child)
    expect(child.exitCode).toBe(3)
  })

  it('does nothing about a process that has ended', async () => {
    const child = await shell("trap 'exit 3' INT")
    await stopProcess(child)
    await stopProcess(child)
    expect(child.exitCode).toBe(3)
  })
})
