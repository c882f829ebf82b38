import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { ROOT } from '../src/repository.ts'

/** How a tool ended, and what it said. */
export interface ToolRun {
  readonly code: number | null
  readonly output: string
}

/** Runs promtool or amtool at the root of the repository. @throws {Error} it is not installed */
export async function runTool(program: string, ...args: readonly string[]): Promise<ToolRun> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr] = await Promise.race([Promise.all([text(child.stdout), text(child.stderr)]), failed])
  return { code: await ended, output: stdout + stderr }
}
