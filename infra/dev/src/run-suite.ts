import process from 'node:process'
import { ROOT } from './run-step.ts'
import { runSteps, type Stage } from './run-steps.ts'
import { formatCounts, sumCounts } from './test-counts.ts'
import { findTestProjects, forgetResults, readCounts, readReport, type Suite } from './test-projects.ts'

/**
 * Runs the stages of a suite, then prints what its projects report and their counts. The last line is the sum, alone,
 * whatever happened: scripts read it. Leaves the exit code.
 */
export async function runSuite(suite: Suite, stages: readonly Stage[]): Promise<void> {
  const projects = findTestProjects(ROOT, suite)
  projects.forEach(forgetResults)
  const passed = await runSteps(stages)
  for (const project of projects) process.stdout.write(readReport(project))
  const counts = projects.map(readCounts)
  if (!passed && counts.every((found) => found === undefined)) {
    process.exitCode = 1
    return
  }
  process.stdout.write('\n')
  projects.forEach(({ name }, index) => {
    const found = counts[index]
    process.stdout.write(`  ${name.padEnd(24)} ${found ? formatCounts(found) : 'no tests were counted'}\n`)
  })
  const total = sumCounts(counts)
  process.stdout.write(`${formatCounts(total)}\n`)
  if (!passed || total.failed > 0) process.exitCode = 1
}
