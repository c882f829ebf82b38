import { describe, expect, it, jest } from '@jest/globals'
import { eventually } from './start-eventually.ts'
import { expectGone } from './start-gone.ts'
import type { Announced, StartProcess } from './start-process.ts'
import { useStarts } from './start-scene.ts'

jest.setTimeout(90_000)

/** In the place of an Nx that takes long: a program that has another one do the work. */
const LONG_BUILD = '#!/bin/sh\nsleep 600 &\nwait\n'

const scene = useStarts()

/** The process of a running start on whose command line a text stands. */
async function pidOf(start: StartProcess, text: string): Promise<number> {
  const found = (await start.note()).find(({ command }) => command.includes(text))
  if (!found) throw new Error(`nothing that was started has ${text} on its command line`)
  return found.pid
}

describe('a start ends with all that it has started', () => {
  let start: StartProcess
  let announced: Announced
  const begin = async (): Promise<void> => {
    start = scene.start('data')
    announced = await start.announced()
  }

  it('in good order when its terminal is closed', async () => {
    await begin()
    start.hangUp()
    start.signalGroup('SIGHUP')
    expect(await start.ended()).toBe(0)
    await expectGone(start, scene.path(), announced)
  })

  it('when it is killed', async () => {
    await begin()
    start.signal('SIGKILL')
    expect(await start.ended()).toBe('SIGKILL')
    await expectGone(start, scene.path(), announced)
  })

  it('when the service is killed, and says so', async () => {
    await begin()
    process.kill(await pidOf(start, 'ac-service/dist/main.js'), 'SIGKILL')
    expect(await start.closed()).toBe(1)
    expect(start.stderr).toBe('npm start: the service ended by itself (SIGKILL)\n')
    await expectGone(start, scene.path(), announced)
  })

  it('when PostgreSQL is stopped by somebody else, and says so', async () => {
    await begin()
    process.kill(await pidOf(start, '/bin/postgres'), 'SIGINT')
    expect(await start.closed()).toBe(1)
    expect(start.stderr).toMatch(/^npm start: PostgreSQL ended by itself; its last words:\n/m)
    await expectGone(start, scene.path(), announced)
  })
})

describe('Ctrl-C ends a start with 0 and leaves nothing', () => {
  it.each(['making a PostgreSQL', 'Migrating', 'Starting the service'])('after it has said "%s"', async (words) => {
    const start = scene.start('interrupted')
    await start.said(words)
    await start.note()
    start.signalGroup('SIGINT')
    expect(await start.closed()).toBe(0)
    expect(start.stdout).toMatch(/\nStopping [.]{3}\nStopped[.]\n$/)
    expect(start.stdout).not.toContain('is running')
    expect(start.stderr).toBe('')
    await expectGone(start, scene.path())
  })

  it('and the next start goes on with what is there', async () => {
    const { management } = await scene.start('interrupted').announced()
    expect((await fetch(`${management}/ready`)).status).toBe(200)
  })
})

describe('Ctrl-C during a build', () => {
  const slow = useStarts(LONG_BUILD)

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s ends the whole of the build, too', async (signal) => {
    const start = slow.start('data')
    await eventually('the build is under way', async () => (await start.note()).length > 1)
    start.signal(signal)
    expect(await start.closed()).toBe(0)
    expect(start.stderr).toBe('')
    await expectGone(start, slow.path())
  })
})
