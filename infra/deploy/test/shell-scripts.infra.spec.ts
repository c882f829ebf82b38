import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/root.ts'

const scripts = globSync(['.ci/*', 'infra/*/*.sh', 'infra/services/**/*.sh'], { cwd: ROOT })

describe('every shell script', () => {
  it('is among these', () => {
    expect(scripts).toEqual(expect.arrayContaining(['.ci/run', 'infra/docker/build-image.sh']))
  })

  it.each(scripts)('%s has nothing that shellcheck would change', async (script) => {
    const { stdout } = await promisify(execFile)('shellcheck', ['--external-sources', script], { cwd: ROOT })
    expect(stdout).toBe('')
  })

  it.each(scripts)('%s stops at the first error, and says what it is for', (script) => {
    const [shebang = '', comment = '', ...rest] = readFileSync(join(ROOT, script), 'utf8').split('\n')
    expect(shebang).toBe('#!/usr/bin/env bash')
    expect(comment).toMatch(/^# [A-Z].{20,}/)
    if (!comment.startsWith('# Sourced')) expect(rest).toContain('set -euo pipefail')
  })
})
