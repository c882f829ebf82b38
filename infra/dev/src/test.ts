import process from 'node:process'

import { LINT } from './lint-stage.ts'
import { nxStep } from './nx-step.ts'
import { ROOT } from './run-step.ts'
import { runSteps } from './run-steps.ts'
import { formatCounts, sumCounts } from './test-counts.ts'
import { findTestProjects, forgetCounts, readCounts } from './test-projects.ts'

const projects = findTestProjects(ROOT)
projects.forEach(forgetCounts)

const stages = [LINT, [nxStep('types', 'typecheck')], [nxStep('build', 'build')], [nxStep('tests', 'test')]]
const passed = await runSteps(stages)

const counts = projects.map(readCounts)
if (passed || counts.some((found) => found !== undefined)) {
  process.stdout.write('\n')
  projects.forEach(({ name }, index) => {
    const found = counts[index]
    process.stdout.write(`  ${name.padEnd(24)} ${found ? formatCounts(found) : 'no tests were counted'}\n`)
  })
  // The last line, alone, whatever happened: scripts read it.
  const total = sumCounts(counts)
  process.stdout.write(`${formatCounts(total)}\n`)
  if (!passed || total.failed > 0) process.exitCode = 1
} else {
  process.exitCode = 1
}
