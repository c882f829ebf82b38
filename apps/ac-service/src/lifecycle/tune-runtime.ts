/**
 * Settings of V8 and libuv that hold for a whole process and can be given to it only from outside.
 *
 * - The young generation may grow to 128 MiB, which garbage of a few thousand requests a second fills: 300 MiB of
 *   resident memory instead of under 200, and no more tokens for it.
 * - It is small enough to be collected faster by one thread than helpers are woken.
 * - libuv's four threads all wake up for work that one does. Two are enough: at most one computes an argon2id hash.
 */
const V8_FLAGS: Readonly<Record<string, string>> = {
  '--max-semi-space-size': '--max-semi-space-size=8',
  '--parallel-scavenge': '--no-parallel-scavenge',
}
const LIBUV_THREADS = 'UV_THREADPOOL_SIZE'

/** What this needs of `process`. */
export type Relaunchable = Pick<NodeJS.Process, 'argv' | 'env' | 'execArgv' | 'execPath'> & {
  /** Missing on Windows. */
  readonly execve?: (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => void
}

/**
 * Starts this program anew, in the same process, with the settings that it has not got: `execve` keeps the process id
 * and the open files, and costs about 50 ms. Whoever sets one himself keeps his value.
 */
export function tuneRuntime({ argv, env, execArgv, execPath, execve }: Relaunchable): void {
  const given = [...execArgv, ...(env['NODE_OPTIONS'] ?? '').split(' ')]
  const isGiven = (name: string): boolean => given.some((flag) => flag.replace('--no-', '--').split('=', 1)[0] === name)
  const missing = Object.entries(V8_FLAGS).flatMap(([name, flag]) => (isGiven(name) ? [] : [flag]))
  if (missing.length === 0) return
  execve?.(execPath, [execPath, ...missing, ...execArgv, ...argv.slice(1)], { [LIBUV_THREADS]: '2', ...env })
}
