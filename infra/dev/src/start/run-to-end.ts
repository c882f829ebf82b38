import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { systemErrorCode } from './system-error.ts'
import { StartFailed } from './start-failed.ts'

/** How a program ended. */
export interface Ended {
  /** 1 when a signal ended it. */
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/**
 * Runs a program to its end, in a process group of its own: Ctrl-C reaches us only, and we end the group.
 * @throws {StartFailed} it cannot be started
 * @throws the reason of `stopping`, once that has come and the group has ended
 */
export async function runToEnd(
  file: string,
  args: readonly string[],
  { cwd, env, stopping }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly stopping: AbortSignal },
): Promise<Ended> {
  stopping.throwIfAborted()
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  const endGroup = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  }
  stopping.addEventListener('abort', endGroup, { once: true })
  try {
    await once(child, 'close')
  } catch (cause) {
    throw new StartFailed(`${file} cannot be started (${systemErrorCode(cause)})`, 1, { cause })
  } finally {
    stopping.removeEventListener('abort', endGroup)
  }
  stopping.throwIfAborted()
  const [out, err] = await output
  return { exitCode: child.exitCode ?? 1, out, err }
}
