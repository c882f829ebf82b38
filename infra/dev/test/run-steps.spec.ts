import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'

import { describe, expect, it } from '@jest/globals'

import { ROOT, runStep } from '../src/run-step.ts'

describe('runStep', () => {
  it('hands back what a failing command wrote on both streams, and how it ended', async () => {
    const { passed, output } = await runStep({
      name: 'both',
      command: ['node', '-e', "console.error('why'); console.log('what'); process.exitCode = 3"],
    })
    expect(passed).toBe(false)
    expect(output).toBe('what\nwhy\nnode ended with exit code 3')
  })

  it('takes a command that cannot be started for a failed one', async () => {
    const { passed, output } = await runStep({ name: 'none', command: ['no-such-command'] })
    expect(passed).toBe(false)
    expect(output).toContain('ENOENT')
  })

  it('gives a command no standard input to wait for', async () => {
    const { passed } = await runStep({ name: 'input', command: ['node', '-e', 'process.stdin.resume()'] })
    expect(passed).toBe(true)
  })
})

describe('runSteps', () => {
  const run = (stages: unknown): { wrote: string; printed: readonly string[] } => {
    const script = `import { runSteps } from '${join(ROOT, 'infra/dev/src/run-steps.ts')}'
      console.log(String(await runSteps(${JSON.stringify(stages)})))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    return { wrote: stdout, printed: stdout.trim().split('\n') }
  }
  const step = (name: string, source: string): unknown => ({ name, command: ['node', '-e', source] })

  it('prints the number, name and time of each step and nothing of what a passing one wrote', () => {
    const { printed } = run([[step('first', 'console.log(1)'), step('second', '')], [step('third', '')]])
    expect(printed).toEqual([
      expect.stringMatching(/^\[1[/]3\] first +\d+[.]\d s$/),
      expect.stringMatching(/^\[2[/]3\] second +\d+[.]\d s$/),
      expect.stringMatching(/^\[3[/]3\] third +\d+[.]\d s$/),
      'true',
    ])
  })

  it('ends with the stage in which a step failed, after the others of that stage', () => {
    const { wrote, printed } = run([
      [step('first', "throw new Error('the reason')"), step('second', '')],
      [step('third', '')],
    ])
    expect(wrote).toMatch(/\[1[/]3\] first .* failed\n\[2[/]3\] second .* s\n\n--- first ---\n[^]*the reason/)
    expect(wrote).not.toContain('third')
    expect(printed.at(-1)).toBe('false')
  })
})
