import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

describe('npm run bench', () => {
  it('ends with 2 and one sentence when its command line is wrong, before it starts anything', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, '--seconds', 'abc'], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^bench: --seconds takes a whole number from 1 to 3600, not "abc"; usage: .*\n$/)
  })
})
