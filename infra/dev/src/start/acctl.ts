import { join } from 'node:path'
import { runToEnd } from './run-to-end.ts'
import { StartFailed } from './start-failed.ts'

/** acctl did not do what it was told. */
export class AcctlFailed extends StartFailed {
  /** A stable word, as in `unknown_client`. */
  readonly code: string

  constructor(code: string, description: string, exitCode: number) {
    super(`acctl: ${description}`, exitCode)
    this.code = code
  }
}

/**
 * Runs one command of acctl.
 * @returns the JSON that it printed
 * @throws {AcctlFailed}
 */
export async function acctl(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stopping: AbortSignal,
): Promise<string> {
  const command = [join(root, 'apps/acctl/dist/main.js'), ...args, '--json']
  const { exitCode, out, err } = await runToEnd(process.execPath, command, { cwd: root, env, stopping })
  if (exitCode === 0) return out
  const { error, error_description: description } = parseFailure(err)
  throw new AcctlFailed(error ?? 'unknown', description ?? (err.trim() || 'it ended without a word'), exitCode)
}

function parseFailure(text: string): { readonly error?: string; readonly error_description?: string } {
  try {
    return JSON.parse(text) as ReturnType<typeof parseFailure>
  } catch {
    return {}
  }
}
