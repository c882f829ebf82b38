import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Account } from './account.ts'
import { childOptions } from './child-process.ts'
import { LogTail } from './log-tail.ts'

export interface CommandResult {
  /** `undefined` when a signal ended the program. */
  readonly exitCode: number | undefined
  readonly timedOut: boolean
  /** stdout and stderr, the last 16,384 characters. */
  readonly output: string
}

/**
 * Runs a short program to its end, or to `limitMs`, when it is killed.
 * @throws the system error (ENOENT, EACCES, ...) of a program that cannot be started
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  { account, limitMs }: { readonly account?: Account | undefined; readonly limitMs: number },
): Promise<CommandResult> {
  const child = spawn(file, args, { ...childOptions(account), stdio: ['ignore', 'pipe', 'pipe'] })
  const output = new LogTail()
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => output.append(chunk))
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => output.append(chunk))
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, limitMs)
  try {
    await once(child, 'close')
  } finally {
    clearTimeout(timer)
  }
  return { exitCode: child.exitCode ?? undefined, timedOut, output: output.text }
}
