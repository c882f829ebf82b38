import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const START_LIMIT_MS = 20_000
const STOP_LIMIT_MS = 10_000
const PAUSE_MS = 50

/** Runs a program until standard input ends: that happens, by the system, in whatever way this process ends. */
const UNTIL_INPUT_ENDS =
  'exec 3<&0; "$0" "$@" 3<&- & program=$!; { cat <&3 >/dev/null; kill $program; } 2>/dev/null & wait $program'

/** A program that serves HTTP. It ends with this process, however that ends. */
export interface ServerProcess {
  /** Asks it to end, and forces it when that does not help. */
  readonly stop: () => Promise<void>
}

/**
 * Starts a program and waits until `url` + `/-/ready` answers 200.
 * @throws {Error} it ended, or was not ready in time; its own words are in the message
 */
export async function startServerProcess(
  program: string,
  args: readonly string[],
  url: string,
): Promise<ServerProcess> {
  // A process group of its own, so that it can be ended with its shell.
  const child = spawn('sh', ['-c', UNTIL_INPUT_ENDS, program, ...args], { stdio: 'pipe', detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)))
  }
  const ended = once(child, 'exit').then(() => {
    child.stdin.destroy()
    return true
  })
  const stop = async (): Promise<void> => {
    child.stdin.end()
    const hasEnded = await Promise.race([ended, sleep(STOP_LIMIT_MS, false, { ref: false })])
    if (!hasEnded && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  const deadline = performance.now() + START_LIMIT_MS
  while (!(await isReady(url))) {
    const hasEnded = await Promise.race([ended, sleep(PAUSE_MS, false)])
    if (!hasEnded && performance.now() < deadline) continue
    await stop()
    throw new Error(`${program} ${hasEnded ? 'ended' : `was not ready in ${START_LIMIT_MS} ms`}:\n${output}`)
  }
  return { stop }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(1000) })).ok
  } catch {
    return false
  }
}
