import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from '@jest/globals'

import { ROOT } from '../src/run-step.ts'

const TOP_LEVEL = [
  'Dockerfile',
  'README.md',
  'apps',
  'docs',
  'infra',
  'libs',
  'nx.json',
  'package.json',
  'tsconfig.base.json',
]
// npm and licence scanners look for these two here and nowhere else.
const BESIDE_TOP_LEVEL = ['LICENSE', 'package-lock.json']
const VAGUE_NAMES = ['common', 'helpers', 'manager', 'types', 'utils']
// Put together here, so that this file does not name them.
const REGISTRY_HOSTS = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['npm', 'pkg', 'github', 'com'],
].map((labels) => labels.join('.'))

// Read rather than asked of git: the tests also run where only Node and npm are.
const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((pattern) => pattern.replace(/[/]$/, ''))
const isIgnored = (name: string): boolean =>
  name === '.git' ||
  ignored.some((pattern) => (pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern))

/** Every file below `folder` that git would keep, relative to the root. */
function listTree(folder = ''): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !isIgnored(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? listTree(path) : path
    })
}

const tree = listTree()
const topLevel = [...new Set(tree.map((path) => path.split('/')[0] ?? ''))]
const files = (pattern: string): readonly string[] => globSync(pattern, { cwd: ROOT })
const libs = files('libs/*/*')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

describe('the top level', () => {
  it('holds what the README explains, and besides only what tools insist on', () => {
    const explained = topLevel.filter((name) => !name.startsWith('.') && !BESIDE_TOP_LEVEL.includes(name))
    expect(explained.toSorted()).toEqual(TOP_LEVEL)
  })
})

describe('the registry', () => {
  it('is named by no file, so that the tree installs from any', () => {
    const naming = tree.filter((path) => {
      const content = read(path)
      return REGISTRY_HOSTS.some((host) => content.includes(host))
    })
    expect(naming).toEqual([])
  })

  it('is the address of no locked package', () => {
    expect(read('package-lock.json').match(/"resolved": "https?:.*/g)).toBeNull()
  })

  it('is left to the machine by .npmrc', () => {
    expect(read('.npmrc')).not.toMatch(/https?:/)
  })
})

describe('every lib', () => {
  it('explains itself in at most 40 lines', () => {
    const silent = libs.filter((lib) => !tree.includes(`${lib}/README.md`))
    const wordy = libs.filter(
      (lib) => !silent.includes(lib) && read(`${lib}/README.md`).trimEnd().split('\n').length > 40,
    )
    expect({ silent, wordy }).toEqual({ silent: [], wordy: [] })
  })
})

describe('every domain lib', () => {
  it.each(files('libs/domain/*/tsconfig*.json'))('%s compiles without ambient types', (file) => {
    expect(JSON.parse(read(file))).toMatchObject({ compilerOptions: { types: [] } })
  })
})

describe('names', () => {
  it('say what is inside', () => {
    const isVague = (name: string): boolean => VAGUE_NAMES.includes(name.replace(/[.].*$/, ''))
    expect(tree.filter((path) => path.split('/').some(isVague))).toEqual([])
  })
})
