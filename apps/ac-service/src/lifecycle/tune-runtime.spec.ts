import { describe, expect, it, jest } from '@jest/globals'
import { tuneRuntime, type Relaunchable } from './tune-runtime.ts'

const processOf = (over: Partial<Omit<Relaunchable, 'execve'>> = {}) => ({
  execPath: '/bin/node',
  execArgv: ['--enable-source-maps'],
  argv: ['/bin/node', 'main.js', 'x'],
  env: { A: 'b' },
  ...over,
  execve: jest.fn<NonNullable<Relaunchable['execve']>>(),
})

const flagsOf = ({ execve }: ReturnType<typeof processOf>) => execve.mock.calls[0]?.[1].slice(1, -2)

describe('tuneRuntime', () => {
  it('starts the same program anew with its settings, all flags, arguments and the environment', () => {
    const relaunched = processOf()
    tuneRuntime(relaunched)
    const flags = ['--max-semi-space-size=8', '--no-parallel-scavenge', '--enable-source-maps']
    const env = { A: 'b', UV_THREADPOOL_SIZE: '2' }
    expect(relaunched.execve.mock.calls).toEqual([['/bin/node', ['/bin/node', ...flags, 'main.js', 'x'], env]])
  })

  it('leaves the process alone that it started', () => {
    const tuned = processOf({ execArgv: ['--max-semi-space-size=8', '--no-parallel-scavenge'] })
    tuneRuntime(tuned)
    expect(tuned.execve).not.toHaveBeenCalled()
  })

  it.each([
    [{ execArgv: ['--max-semi-space-size=64'] }, ['--no-parallel-scavenge', '--max-semi-space-size=64']],
    [{ execArgv: ['--parallel-scavenge'] }, ['--max-semi-space-size=8', '--parallel-scavenge']],
    [{ execArgv: [], env: { NODE_OPTIONS: '--max-semi-space-size=64 --inspect' } }, ['--no-parallel-scavenge']],
  ])('keeps a setting that was given from outside: %j', (over, flags) => {
    const given = processOf(over)
    tuneRuntime(given)
    expect(flagsOf(given)).toEqual(flags)
  })

  it('keeps the number of threads that was given from outside', () => {
    const given = processOf({ env: { UV_THREADPOOL_SIZE: '8' } })
    tuneRuntime(given)
    expect(given.execve.mock.calls[0]?.[2]).toEqual({ UV_THREADPOOL_SIZE: '8' })
  })

  it('goes on as it is where there is no execve', () => {
    const { execve: _, ...windows } = processOf()
    expect(() => tuneRuntime(windows)).not.toThrow()
  })
})
