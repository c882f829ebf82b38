import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A line means that the guarded process has ended; the end of the pipe means that we have. */
const SCRIPT = 'read -r dismissed || kill -TERM "$1"'

/**
 * Stops a child whose starter died without stopping it, as SIGKILL makes it die: a shell in a session of its own waits
 * on a pipe from this process.
 */
export function guard(child: ChildProcess): void {
  if (child.pid === undefined) return
  const watcher = spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(child.pid)], {
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // A guard that could not be started or was killed protects nothing, but the child itself works.
  watcher.on('error', () => undefined)
  watcher.stdin.on('error', () => undefined)
  watcher.unref()
  void once(child, 'exit').then(() => watcher.stdin.end('dismissed\n'))
}
