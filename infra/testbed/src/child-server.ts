import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A server that the bench started. It does not outlive the bench. */
export interface ChildServer {
  readonly pid: number
  readonly port: number
  /** From the start of the process to the line that told its port, in milliseconds. */
  readonly startedInMs: number
  readonly signal: (name: NodeJS.Signals) => void
  /** The exit code, or the signal that ended it, once it has ended. */
  readonly exited: Promise<number | string>
  /** Ends it by SIGTERM; resolves when it has ended. */
  readonly stop: () => Promise<void>
}

/** How a server is started. */
export interface StartOptions {
  /** Whether a line of its standard output says that it serves; the first line unless given. */
  readonly isReady?: (line: Readonly<Record<string, unknown>>) => boolean
  /** Told every line of its standard output. */
  readonly onLine?: (line: string) => void
}

/**
 * Starts a program and waits for the JSON line on its standard output that `isReady` recognises and that holds a `port`.
 * @throws {Error} it ended before that, having told why on standard error
 */
export async function startServer(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { isReady = () => true, onLine }: StartOptions = {},
): Promise<ChildServer> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const exited = once(child, 'exit').then(() => {
    process.removeListener('exit', kill)
    return child.exitCode ?? child.signalCode ?? 'unknown'
  })
  const lines = createInterface({ input: child.stdout })
  const { promise: ready, resolve, reject } = Promise.withResolvers<number>()
  // Reading goes on for as long as the server lives: a full pipe would stop it.
  lines.on('line', (text) => {
    onLine?.(text)
    const line = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (isReady(line)) resolve(Number(line['port']))
  })
  void exited.then((code) => reject(new Error(`${args.join(' ')} ended with ${code} before it was ready`)))
  const port = await ready
  return {
    pid: child.pid ?? 0,
    port,
    startedInMs: performance.now() - began,
    signal: (name) => void child.kill(name),
    exited,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
