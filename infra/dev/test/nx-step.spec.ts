import { describe, expect, it } from '@jest/globals'

import { failedTasksOnly } from '../src/nx-step.ts'

const failedRun = `
 NX   Running target test for 3 projects:

- @ac/a
- @ac/b

> nx run @ac/a:test  [local cache]

> @ac/a@0.1.0 test

PASS src/a.spec.ts

> nx run @ac/b:test

> @ac/b@0.1.0 test

FAIL src/b.spec.ts
  Expected: 1
npm error Lifecycle script \`test\` failed with error:
npm error code 1

> nx run @ac/c:test

FAIL src/c.spec.ts


  Run duration:      12.2s
 NX   Running target test for 3 projects failed

Failed tasks:

- @ac/b:test
- @ac/c:test`

describe('failedTasksOnly', () => {
  it('keeps what the failed tasks wrote', () => {
    const digest = failedTasksOnly(failedRun)
    expect(digest).toContain('> nx run @ac/b:test\n\n> @ac/b@0.1.0 test\n\nFAIL src/b.spec.ts\n  Expected: 1\n')
    expect(digest).toContain('> nx run @ac/c:test\n\nFAIL src/c.spec.ts')
  })

  it('knows a task whose name Nx quotes', () => {
    const output = '> nx run @ac/d:"test:infra"\n\nFAIL d\n\nFailed tasks:\n\n- @ac/d:test:infra'
    expect(failedTasksOnly(output)).toContain('FAIL d')
  })

  it('leaves out the tasks that passed and the remarks of npm and Nx', () => {
    expect(failedTasksOnly(failedRun)).not.toMatch(/@ac[/]a|npm error|Run duration|Failed tasks/)
  })

  it('leaves an output that names no failed task as it is', () => {
    expect(failedTasksOnly('Nx could not read nx.json\nwhatever')).toBe('Nx could not read nx.json\nwhatever')
  })
})
