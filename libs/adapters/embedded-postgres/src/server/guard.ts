import { spawn } from 'node:child_process'
import { childOptions } from '../child-process.ts'

/**
 * Waits on a pipe from this process. A line means that the server is gone; the end of the pipe means that this process
 * is: then the server gets a fast shutdown, after 10 s an immediate one, and a disposable directory is deleted.
 */
const SCRIPT = `
pid=$1 directory=$2
read -r dismissed && exit 0
kill -INT "$pid"
waited=0
while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt 200 ]; do
  [ "$waited" -eq 100 ] && kill -QUIT "$pid"
  waited=$((waited + 1))
  sleep 0.1
done
[ -z "$directory" ] || rm -rf -- "$directory"
`

/** Stops a server whose starter died without stopping it, as SIGKILL makes it die. */
export interface Guard {
  /** Ends the guard, because the server has ended. */
  dismiss(): void
}

/** @param disposable the directory to delete after the server's end */
export function guard(serverPid: number, disposable: string | undefined): Guard {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(serverPid), disposable ?? ''], {
    ...childOptions(undefined),
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // A guard that could not be started or was killed protects nothing, but the server itself works.
  child.on('error', () => undefined)
  child.stdin?.on('error', () => undefined)
  child.unref()
  return { dismiss: () => void child.stdin?.end('dismissed\n') }
}
