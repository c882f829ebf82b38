/** How the tests of one Jest run ended. A suite that could not be run counts as one failed test. */
export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Adds up the counts of all projects. A project without counts has not told what became of its tests, and one that
 * executed none has proved nothing: each of them counts as one failed test.
 */
export function sumCounts(projects: readonly (TestCounts | undefined)[]): TestCounts {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of projects) {
    total.passed += counts?.passed ?? 0
    total.skipped += counts?.skipped ?? 0
    const executed = counts ? counts.passed + counts.failed : 0
    total.failed += executed === 0 ? 1 : (counts?.failed ?? 0)
  }
  return total
}

/** `12 passed, 0 failed`, and `, 3 skipped` when there are any. */
export const formatCounts = ({ passed, failed, skipped }: TestCounts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
