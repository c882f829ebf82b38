import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { TestCounts } from './test-counts.ts'

/** The script that runs a member's tests: those that need npm alone, Debian's packages, or the container image. */
export type Suite = 'test' | 'test:infra' | 'test:image'

/** A member of the workspace that has tests. */
export interface TestProject {
  readonly name: string
  /** Where its Jest run leaves its counts (infra/jest/count-reporter.mjs). */
  readonly countsFile: string
  /** Where its tests may leave a text for whoever runs them. */
  readonly reportFile: string
}

interface Manifest {
  readonly name: string
  readonly workspaces?: readonly string[]
  readonly scripts?: Readonly<Record<string, string>>
}

const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest

/** Every member of the workspace at `root` whose package.json has the script of `suite`, by name. */
export function findTestProjects(root: string, suite: Suite): readonly TestProject[] {
  const { workspaces = [] } = readManifest(join(root, 'package.json'))
  return globSync(
    workspaces.map((folders) => `${folders}/package.json`),
    { cwd: root },
  )
    .map((file) => ({ ...readManifest(join(root, file)), results: join(root, dirname(file), resultsFolder(suite)) }))
    .filter(({ scripts }) => scripts?.[suite] !== undefined)
    .map(({ name, results }) => ({
      name,
      countsFile: join(results, 'counts.json'),
      reportFile: join(results, 'report.txt'),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Each suite has a folder of its own: `coverage` for `test`, `coverage/infra` for `test:infra`. */
const resultsFolder = (suite: Suite): string => join('coverage', suite.split(':')[1] ?? '')

/** Removes what an earlier run left, so that only this run's results are read. Nx restores those of cached projects. */
export function forgetResults({ countsFile, reportFile }: TestProject): void {
  for (const file of [countsFile, reportFile]) rmSync(file, { force: true })
}

/** @returns `undefined` when the project's Jest did not get as far as counting */
export function readCounts({ countsFile }: TestProject): TestCounts | undefined {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8')) as TestCounts
  } catch {
    return undefined
  }
}

/** @returns nothing when the project's tests left no report */
export const readReport = ({ reportFile }: TestProject): string =>
  existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : ''
