import { stripVTControlCharacters } from 'node:util'
import { failedTasksOnly } from '../nx-step.ts'
import { runToEnd } from './run-to-end.ts'
import { StartFailed } from './start-failed.ts'

const BUILD = ['run-many', '-t', 'build', '-p', '@ac/ac-service,@ac/acctl', '--outputStyle=static']

/**
 * Builds the two programs that a start runs, as far as Nx's cache does not hold them.
 * @throws {StartFailed} with what the compiler said
 */
export async function build(root: string, stopping: AbortSignal): Promise<void> {
  const { exitCode, out, err } = await runToEnd('nx', BUILD, { cwd: root, env: process.env, stopping })
  if (exitCode === 0) return
  const output = stripVTControlCharacters([out.trim(), err.trim()].filter(Boolean).join('\n'))
  throw new StartFailed(`the build failed:\n\n${failedTasksOnly(output)}`)
}
