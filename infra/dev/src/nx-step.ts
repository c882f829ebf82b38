import type { Step } from './run-step.ts'

/** A step that has Nx run `target` in every project that has it, as far as its cache does not hold the result. */
export const nxStep = (name: string, target: string): Step => ({
  name,
  command: ['nx', 'run-many', '--target', target, '--outputStyle=static'],
  digest: failedTasksOnly,
})

/**
 * Keeps of Nx's output what the failed tasks wrote, without npm's remarks about it. An output that names no failed task
 * stays whole: then Nx itself failed.
 */
export function failedTasksOnly(output: string): string {
  const [, list = ''] = output.split(/^Failed tasks:$/m)
  const failed = new Set([...list.matchAll(/^- (\S+)/gm)].map(([, task]) => task))
  if (failed.size === 0) return output
  return (
    output
      .split(/^(?=> nx run )/m)
      // Nx quotes a target that has a colon in its name, here only.
      .filter((block) => failed.has(/^> nx run (\S+)/.exec(block)?.[1]?.replaceAll('"', '')))
      .map((block) => block.replace(/^(?: NX | {2}Run duration:)[^]*/m, '').replace(/^npm error.*\n?/gm, ''))
      .map((block) => block.trim().replaceAll(/\n{3,}/g, '\n\n'))
      .join('\n\n')
  )
}
