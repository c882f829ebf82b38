import { spawn } from 'node:child_process'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

/** One command of a longer run, started at the root of the workspace. */
export interface Step {
  readonly name: string
  /** A command on the PATH (node_modules/.bin is) or a file, and its arguments. */
  readonly command: readonly [string, ...string[]]
  /** Leaves of a failed run's output what says why it failed. */
  readonly digest?: (output: string) => string
}

export interface StepResult {
  readonly passed: boolean
  readonly seconds: number
  /** Everything the command wrote, standard output first; without colours unless a terminal shows it. */
  readonly output: string
}

/** The root of the workspace, ending in a slash. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

// Nx without its background process, its full-screen display and its offers.
const QUIET_NX = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', NX_INTERACTIVE: 'false' }

/** Runs `step` to its end, without standard input. A command that cannot be started has failed. */
export async function runStep({ command: [file, ...args] }: Step): Promise<StepResult> {
  const start = performance.now()
  const isColoured = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
  const child = spawn(file, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...QUIET_NX, ...(isColoured && { FORCE_COLOR: '1' }) },
  })
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`),
    )
  })
  const [failure, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  const output = [out.trim(), err.trim(), failure && `${file} ${failure}`].filter(Boolean).join('\n')
  return {
    passed: failure === undefined,
    seconds: (performance.now() - start) / 1000,
    // Some tools write colours whenever CI is set.
    output: isColoured ? output : stripVTControlCharacters(output),
  }
}
