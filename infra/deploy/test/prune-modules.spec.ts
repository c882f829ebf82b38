import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/root.ts'

const KEPT = [
  'node_modules/a/package.json',
  'node_modules/a/index.js',
  'node_modules/a/index.cjs',
  'node_modules/a/LICENSE.md',
  'node_modules/a/dist/test/loaded.js',
  'node_modules/a/build/a.node',
  'node_modules/a/static/page.html',
]
const REMOVED = [
  'node_modules/.package-lock.json',
  'node_modules/a/README.md',
  'node_modules/a/index.d.ts',
  'node_modules/a/index.d.mts',
  'node_modules/a/index.js.map',
  'node_modules/a/tsconfig.build.json',
  'node_modules/a/.github/workflow.yml',
  'node_modules/a/test/a.js',
  'node_modules/a/docs/a.js',
  'node_modules/a/specs/a.spec.js',
  'node_modules/a/src/binding.c',
]

describe('prune-modules', () => {
  const root = mkdtempSync(join(tmpdir(), 'ac-prune-'))
  const links = { installed: '../../libs/installed', absent: '../../libs/absent' }
  beforeAll(() => {
    for (const file of [...KEPT, ...REMOVED, 'libs/installed/package.json', 'libs/absent/other']) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), '')
    }
    mkdirSync(join(root, 'node_modules/@ac'))
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, 'node_modules/@ac', name))
    execFileSync(process.execPath, [join(ROOT, 'infra/docker/prune-modules.mjs'), join(root, 'node_modules')])
  })
  afterAll(() => rmSync(root, { recursive: true }))

  it('keeps what Node may load, and every licence', () => {
    expect(KEPT.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  it('removes types, maps, documentation, tests, sources in C and hidden files', () => {
    expect(REMOVED.filter((file) => existsSync(join(root, file)))).toEqual([])
  })

  it('keeps the links to members of the workspace that are installed, and no others', () => {
    expect(globSync('node_modules/@ac/*', { cwd: root })).toEqual(['node_modules/@ac/installed'])
  })
})
