import type { ChildProcess } from 'node:child_process'

/**
 * Ends a postmaster: fast shutdown (SIGINT), after `graceMs` an immediate one (SIGQUIT), after that again SIGKILL.
 * A frozen one (SIGSTOP) is woken first. Resolves when the process has ended, at once if it had.
 */
export async function stopProcess(child: ChildProcess, graceMs = 10_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => void child.once('exit', resolve))
  child.kill('SIGCONT')
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal)
    if (await settles(ended, graceMs)) return
  }
  await ended
}

async function settles(ended: Promise<unknown>, limitMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, limitMs, false)
  try {
    return await Promise.race([ended.then(() => true), promise])
  } finally {
    clearTimeout(timer)
  }
}
