import { describe, expect, it, jest } from '@jest/globals'
import { boundYoungGeneration, type Relaunchable } from './bound-young-generation.ts'

const processOf = (over: Partial<Omit<Relaunchable, 'execve'>> = {}) => ({
  execPath: '/bin/node',
  execArgv: ['--enable-source-maps'],
  argv: ['/bin/node', 'main.js', 'x'],
  env: { A: 'b' },
  ...over,
  execve: jest.fn<NonNullable<Relaunchable['execve']>>(),
})

describe('boundYoungGeneration', () => {
  it('starts the same program anew with the bound, all flags, arguments and the environment', () => {
    const relaunched = processOf()
    boundYoungGeneration(relaunched)
    const args = ['/bin/node', '--max-semi-space-size=8', '--enable-source-maps', 'main.js', 'x']
    expect(relaunched.execve.mock.calls).toEqual([['/bin/node', args, { A: 'b' }]])
  })

  it.each([{ execArgv: ['--max-semi-space-size=8'] }, { env: { NODE_OPTIONS: '--max-semi-space-size=64 --inspect' } }])(
    'leaves a process alone that has a bound: %j',
    (over) => {
      const bounded = processOf(over)
      boundYoungGeneration(bounded)
      expect(bounded.execve).not.toHaveBeenCalled()
    },
  )

  it('goes on without the bound where there is no execve', () => {
    const { execve: _, ...windows } = processOf()
    expect(() => boundYoungGeneration(windows)).not.toThrow()
  })
})
