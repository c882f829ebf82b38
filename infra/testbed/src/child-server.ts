import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A server that the bench started. It does not outlive the bench. */
export interface ChildServer {
  readonly pid: number
  readonly port: number
  /** From the start of the process to the line that told its port, in milliseconds. */
  readonly startedInMs: number
  readonly stop: () => Promise<void>
}

/**
 * Starts a program and waits for the JSON line on its standard output that `isReady` recognises and that holds a `port`.
 * @throws {Error} it ended before that, having told why on standard error
 */
export async function startServer(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  isReady: (line: Readonly<Record<string, unknown>>) => boolean = () => true,
): Promise<ChildServer> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.removeListener('exit', kill))
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (!isReady(line)) continue
    // Whoever does not read on fills the pipe and stops the server.
    child.stdout.resume()
    return {
      pid: child.pid ?? 0,
      port: Number(line['port']),
      startedInMs: performance.now() - began,
      stop: () => stop(child),
    }
  }
  throw new Error(`${args.join(' ')} ended before it was ready`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
