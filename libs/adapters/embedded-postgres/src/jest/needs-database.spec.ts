import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { needsDatabase } from './needs-database.ts'

let root = ''

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ac-needs-'))
  for (const file of ['plain/src/a.spec.ts', 'db/src/deep/b.db.spec.ts', 'e2e/test/c.e2e.spec.ts']) {
    await mkdir(join(root, file, '..'), { recursive: true })
    await writeFile(join(root, file), '')
  }
})

afterAll(() => rm(root, { recursive: true }))

describe('needsDatabase', () => {
  it('is true for a spec with a suffix that says so, wherever it lies in src or test', async () => {
    expect(await needsDatabase(join(root, 'db'), () => true)).toBe(true)
    expect(await needsDatabase(join(root, 'e2e'), () => true)).toBe(true)
  })

  it('is false for a project without one', async () => {
    expect(await needsDatabase(join(root, 'plain'), () => true)).toBe(false)
  })

  it('is false when the run leaves out each spec that needs one', async () => {
    expect(await needsDatabase(join(root, 'db'), (path) => !path.endsWith('b.db.spec.ts'))).toBe(false)
  })
})
