import process from 'node:process'

import { runStep, type Step } from './run-step.ts'

/** Steps that run at the same time. */
export type Stage = readonly Step[]

/**
 * Runs the stages one after another and prints a line for each step: its number, its name and its time. A stage with a
 * failing step is the last one, and what its failing steps wrote follows.
 * @returns whether every step passed
 */
export async function runSteps(stages: readonly Stage[]): Promise<boolean> {
  const total = stages.flat().length
  let number = 0
  for (const stage of stages) {
    const started = stage.map((step) => ({ step, result: runStep(step) }))
    const failures: string[] = []
    for (const { step, result } of started) {
      const { name, digest = (whole: string) => whole } = step
      number += 1
      process.stdout.write(`[${number}/${total}] ${name.padEnd(12)} `)
      // oxlint-disable-next-line no-await-in-loop -- the steps of a stage have all started; this only waits in order
      const { passed, seconds, output } = await result
      process.stdout.write(`${seconds.toFixed(1).padStart(6)} s${passed ? '' : '  failed'}\n`)
      if (!passed) failures.push(`\n--- ${name} ---\n${digest(output)}\n`)
    }
    process.stdout.write(failures.join(''))
    if (failures.length > 0) return false
  }
  return true
}
