import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const START_LIMIT_MS = 20_000
const STOP_LIMIT_MS = 10_000
const PAUSE_MS = 50

/** A program that serves HTTP and does not outlive this process. */
export interface ServerProcess {
  readonly url: string
  /** Ends it by SIGTERM, by SIGKILL when that does not help. */
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
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)))
  }
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  // An `error` comes instead of an exit when there is no such program.
  const ended = Promise.race([once(child, 'exit'), once(child, 'error').then(([error]) => (output += String(error)))])
  const isEnded = ended.then(() => process.removeListener('exit', kill)).then(() => true)
  const deadline = Date.now() + START_LIMIT_MS
  for (;;) {
    if (await isReady(url)) break
    const hasEnded = await Promise.race([isEnded, sleep(PAUSE_MS, false)])
    if (hasEnded) throw new Error(`${program} ended:\n${output}`)
    if (Date.now() > deadline) {
      kill()
      throw new Error(`${program} was not ready in ${START_LIMIT_MS} ms:\n${output}`)
    }
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      const hasEnded = await Promise.race([isEnded, sleep(STOP_LIMIT_MS, false, { ref: false })])
      if (!hasEnded) kill()
      await isEnded
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(1000) })).ok
  } catch {
    return false
  }
}
