import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, jest } from '@jest/globals'
import { ask, useServers } from '../../test/use-servers.ts'

jest.setTimeout(60_000)

const servers = useServers()
const program = fileURLToPath(new URL('../../test/programs/start-and-wait.ts', import.meta.url))

/** Another process that started a server and does not stop it. */
async function starter(...args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  if (child.stdout === null) throw new Error('no stdout')
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, url: JSON.parse(String(line)).url }
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries += 1) {
    if (tries === 300) throw new Error('not true after 30 s')
    await delay(100)
  }
}

const isDown = async (url: string): Promise<boolean> => {
  const failure = await ask(url, 'SELECT 1').then(
    () => undefined,
    (error: unknown) => error,
  )
  return typeof failure === 'object' && failure !== null && 'code' in failure && failure.code === 'ECONNREFUSED'
}

describe('the guard', () => {
  it('stops the server of a process that was killed, and deletes disposable data', async () => {
    const directory = servers.path('abandoned')
    const { child, url } = await starter(directory, 'disposable')
    expect(await ask(url, 'SELECT 1')).toBe(1)
    child.kill('SIGKILL')
    await until(() => isDown(url))
    await until(() => Promise.resolve(!existsSync(directory)))
    expect(child.signalCode).toBe('SIGKILL')
  })

  it('shuts the server down in good order and keeps other data', async () => {
    const { child, url } = await starter(servers.path('kept'))
    await ask(url, 'CREATE TABLE kept AS SELECT 42')
    child.kill('SIGKILL')
    await until(() => isDown(url))
    await until(() => Promise.resolve(!existsSync(servers.path('kept/postmaster.pid'))))
    const next = await servers.start('kept')
    expect(await ask(next.url, 'TABLE kept')).toBe(42)
  })

  it('outlives the Ctrl-C that ends its starter', async () => {
    const { child, url } = await starter(servers.path('interrupted'), 'disposable')
    if (child.pid === undefined) throw new Error('not started')
    process.kill(-child.pid, 'SIGINT')
    await until(() => isDown(url))
    await until(() => Promise.resolve(!existsSync(servers.path('interrupted'))))
    expect(child.signalCode).toBe('SIGINT')
  })
})
