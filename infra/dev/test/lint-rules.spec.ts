import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

import { beforeAll, describe, expect, it } from '@jest/globals'

import { ROOT } from '../src/run-step.ts'
import { plantTree } from './planted-tree.ts'

interface Diagnostic {
  readonly code: string
  readonly filename: string
}

const readsEnvironment = "export const home = process.env['HOME']"
const kernel = 'libs/domain/kernel/src'
const copied = ['.oxlintrc.json', 'tsconfig.base.json', 'libs/tsconfig.json', 'infra/dev/src/house-rules.mjs']
const sources = {
  [`${kernel}/enum.ts`]: "export enum Colour { Red = 'red' }",
  [`${kernel}/environment.ts`]: readsEnvironment,
  [`${kernel}/any.ts`]: 'export const name = (thing: any): string => String(thing)',
  [`${kernel}/non-null.ts`]: "export const first = (words: string[]): string => words[0]!.at(0) ?? ''",
  [`${kernel}/promise.ts`]: 'export const later = async (): Promise<void> => Promise.resolve()',
  [`${kernel}/promise.spec.ts`]:
    "import { later } from './promise.ts'\nexport const start = (): void => {\n  later()\n}",
  [`${kernel}/default.ts`]: 'export default 1',
  [`${kernel}/long.ts`]: `export const long = [\n${'  1,\n'.repeat(300)}]`,
  'libs/adapters/environment/src/read.ts': readsEnvironment,
}

describe('the lint rules', () => {
  let found: readonly Diagnostic[] = []

  beforeAll(() => {
    const root = plantTree({
      ...Object.fromEntries(copied.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')])),
      ...sources,
    })
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
    const { stdout } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/.bin/oxlint'), '--format', 'json', 'libs'],
      { cwd: root, encoding: 'utf8' },
    )
    rmSync(root, { recursive: true })
    found = (JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }).diagnostics
  })

  const rulesBrokenBy = (file: string): readonly string[] =>
    found.filter(({ filename }) => filename === file).map(({ code }) => code)

  it.each([
    [`${kernel}/enum.ts`, 'house(no-enum)'],
    [`${kernel}/environment.ts`, 'node(no-process-env)'],
    [`${kernel}/any.ts`, 'typescript(no-explicit-any)'],
    [`${kernel}/non-null.ts`, 'typescript(no-non-null-assertion)'],
    [`${kernel}/promise.spec.ts`, 'typescript(no-floating-promises)'],
    [`${kernel}/default.ts`, 'import(no-default-export)'],
    [`${kernel}/long.ts`, 'eslint(max-lines)'],
  ])('find in %s what breaks %s', (file, rule) => {
    expect(rulesBrokenBy(file)).toContain(rule)
  })

  it('let the environment adapter read the environment', () => {
    expect(rulesBrokenBy('libs/adapters/environment/src/read.ts')).toEqual([])
  })
})
