import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'

import { beforeAll, describe, expect, it } from '@jest/globals'

import { ROOT } from '../src/run-step.ts'
import { FORBIDDEN_IMPORTS } from './boundary-cases.ts'
import { CLEAN_MEMBERS, PACKAGES } from './clean-tree.ts'
import { linkMember, plantTree, type Files } from './planted-tree.ts'

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

const unlisted = {
  folder: 'libs/adapters/vault',
  name: '@ac/vault',
  dependencies: [],
  files: { 'src/index.ts': '' },
}
const manifestOf = (name: string, dependencies: readonly string[], devDependencies: readonly string[] = []): string =>
  JSON.stringify({
    name,
    type: 'module',
    exports: {
      '.': { '@ac/source': './src/index.ts', default: './dist/index.js' },
      './testing': { '@ac/source': './src/testing/index.ts' },
      './package.json': './package.json',
    },
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '1.0.0'])),
    devDependencies: Object.fromEntries(devDependencies.map((dependency) => [dependency, '1.0.0'])),
  })

/** Builds a workspace, adds `planted` to it and says what the repository's own rules find. */
async function violationsIn(members: typeof CLEAN_MEMBERS, planted: Files): Promise<readonly Violation[]> {
  const root = plantTree({
    'package.json': JSON.stringify({
      workspaces: ['apps/*', 'infra/*', 'libs/*/*'],
      devDependencies: { '@jest/globals': '1.0.0', 'fast-check': '1.0.0' },
    }),
    ...Object.fromEntries(
      members.flatMap(({ folder, name, dependencies, devDependencies, files }) => [
        [`${folder}/package.json`, manifestOf(name, dependencies, devDependencies)],
        ...Object.entries(files).map(([path, source]) => [`${folder}/${path}`, source]),
      ]),
    ),
    ...Object.fromEntries(
      PACKAGES.flatMap((name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
        [`node_modules/${name}/index.js`, ''],
      ]),
    ),
    ...planted,
  })
  try {
    for (const { folder, name } of members) linkMember(root, folder, name)
    const cruiser = join(ROOT, 'node_modules/.bin/depcruise')
    const rules = join(ROOT, '.dependency-cruiser.mjs')
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [cruiser, '--config', rules, '--output-type', 'json', 'apps', 'infra', 'libs'],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
    )
    const { summary } = JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }
    return summary.violations
  } finally {
    rmSync(root, { recursive: true })
  }
}

describe('the import boundaries', () => {
  let found: readonly Violation[] = []

  beforeAll(async () => {
    const planted = Object.fromEntries(FORBIDDEN_IMPORTS.map(({ file, source }) => [file, source]))
    found = await violationsIn([...CLEAN_MEMBERS, unlisted], planted)
  })

  it('let every allowed import pass', async () => {
    expect(await violationsIn(CLEAN_MEMBERS, {})).toEqual([])
  })

  it.each(FORBIDDEN_IMPORTS)('forbid $edge', ({ file, rule }) => {
    expect(found.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule)
  })

  it('blame nothing but the planted files', () => {
    const planted = FORBIDDEN_IMPORTS.map(({ file }) => file)
    expect(found.map(({ from }) => from).filter((file) => !planted.includes(file))).toEqual([])
  })
})
