import { globSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { TestCounts } from './test-counts.ts'

/** A member of the workspace that has tests. */
export interface TestProject {
  readonly name: string
  /** Where its Jest run leaves its counts (infra/jest/count-reporter.mjs). */
  readonly countsFile: string
}

interface Manifest {
  readonly name: string
  readonly workspaces?: readonly string[]
  readonly scripts?: Readonly<Record<string, string>>
}

const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest

/** Every member of the workspace at `root` whose package.json has a test script, by name. */
export function findTestProjects(root: string): readonly TestProject[] {
  const { workspaces = [] } = readManifest(join(root, 'package.json'))
  return globSync(
    workspaces.map((folders) => `${folders}/package.json`),
    { cwd: root },
  )
    .map((file) => ({ ...readManifest(join(root, file)), folder: join(root, dirname(file)) }))
    .filter(({ scripts }) => scripts?.['test'] !== undefined)
    .map(({ name, folder }) => ({ name, countsFile: join(folder, 'coverage/counts.json') }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Removes what an earlier run left, so that only this run's counts are read. Nx restores those of cached projects. */
export const forgetCounts = ({ countsFile }: TestProject): void => rmSync(countsFile, { force: true })

/** @returns `undefined` when the project's Jest did not get as far as counting */
export function readCounts({ countsFile }: TestProject): TestCounts | undefined {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8')) as TestCounts
  } catch {
    return undefined
  }
}
