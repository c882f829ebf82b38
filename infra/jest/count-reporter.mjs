import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Leaves `{passed, failed, skipped}` in the project's coverage/counts.json, or in a folder of coverage/, for `npm test` to
 * add up. The file is an output of the Nx target, so a cached run still counts. A suite that could not be run counts as one
 * failed test.
 */
export default class CountReporter {
  #folder
  #executed = 0

  /**
   * @param {import('@jest/types').Config.GlobalConfig} globalConfig
   * @param {{ folder?: string }} [options]
   */
  constructor({ rootDir }, { folder = '' } = {}) {
    this.#folder = join(rootDir, 'coverage', folder)
  }

  /**
   * @param {unknown} _contexts
   * @param {import('@jest/reporters').AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const skipped = results.numPendingTests + results.numTodoTests
    this.#executed = passed + failed
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(join(this.#folder, 'counts.json'), `${JSON.stringify({ passed, failed, skipped })}\n`)
  }

  /** What makes Jest fail although no test did. */
  getLastError() {
    return this.#executed === 0 ? new Error('no test was executed') : undefined
  }
}
