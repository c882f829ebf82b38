import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

import { describe, expect, it } from '@jest/globals'

import { ROOT } from '../src/run-step.ts'
import type { TestCounts } from '../src/test-counts.ts'
import { plantTree, type Files } from './planted-tree.ts'

/** Runs Jest with the reporter over `specs`, in a directory of its own. */
function runJest(specs: Files): { exitCode: number | null; counts: TestCounts } {
  const config = {
    testMatch: ['<rootDir>/*.spec.cjs'],
    transform: {},
    reporters: [join(ROOT, 'infra/jest/count-reporter.mjs')],
  }
  const rootDir = plantTree({ 'package.json': JSON.stringify({ jest: config }), ...specs })
  try {
    const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules/.bin/jest')], { cwd: rootDir })
    return {
      exitCode: status,
      counts: JSON.parse(readFileSync(join(rootDir, 'coverage/counts.json'), 'utf8')) as TestCounts,
    }
  } finally {
    rmSync(rootDir, { recursive: true })
  }
}

describe('the count reporter', () => {
  it('counts a suite that cannot be run as one failed test', () => {
    const { exitCode, counts } = runJest({
      'good.spec.cjs': "it('passes', () => {})\nit.skip('waits', () => {})\nit.todo('comes')",
      'broken.spec.cjs': "it('never closes', () => {",
    })
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 2 })
    expect(exitCode).toBe(1)
  })

  it('makes a run fail that executed no test', () => {
    const { exitCode, counts } = runJest({ 'idle.spec.cjs': "it.skip('waits', () => {})" })
    expect(counts).toEqual({ passed: 0, failed: 0, skipped: 1 })
    expect(exitCode).toBe(1)
  })
})
