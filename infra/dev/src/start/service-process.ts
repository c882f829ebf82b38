import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { guard } from './guard.ts'
import { StartFailed } from './start-failed.ts'

const LIMIT_MS = 60_000
const ANSWER_LIMIT_MS = 2000
const PAUSE_MS = 50

/**
 * Starts the service in a session of its own: Ctrl-C reaches us only, and we stop everything in its order. What it
 * writes goes where our output goes. It is stopped, too, when this process is killed.
 */
export function startService(root: string, env: NodeJS.ProcessEnv): ChildProcess {
  const service = spawn(process.execPath, [join(root, 'apps/ac-service/dist/main.js')], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  guard(service)
  return service
}

/**
 * Waits until the service says that it is ready.
 * @throws {StartFailed} it ended before, or it takes longer than a minute
 * @throws the reason of `stopping`
 */
export async function waitUntilReady(
  service: ChildProcess,
  managementUrl: string,
  stopping: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + LIMIT_MS
  while (Date.now() < deadline) {
    stopping.throwIfAborted()
    if (hasEnded(service)) throw endOf(service)
    if (await isReady(managementUrl, stopping)) return
    await sleep(PAUSE_MS)
  }
  throw new StartFailed(`the service was not ready within ${LIMIT_MS / 1000} s; AC_LOG_LEVEL=info shows what it does`)
}

/** Resolves, with what to say of it, when the service has ended. */
export async function whyEnded(service: ChildProcess): Promise<StartFailed> {
  if (!hasEnded(service)) await once(service, 'exit')
  return endOf(service)
}

/** Asks the service to stop and waits until it has. */
export async function stopService(service: ChildProcess): Promise<void> {
  if (hasEnded(service)) return
  const ended = once(service, 'exit')
  service.kill('SIGTERM')
  await ended
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

/** A service that fails tells why on standard error, where a second sentence about it would only be in the way. */
function endOf({ exitCode, signalCode }: ChildProcess): StartFailed {
  if (exitCode) return new StartFailed('', exitCode)
  return new StartFailed(`the service ended by itself (${signalCode ?? 'exit code 0'})`)
}

async function isReady(managementUrl: string, stopping: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_LIMIT_MS)])
  try {
    const { ok, body } = await fetch(`${managementUrl}/ready`, { signal })
    await body?.cancel()
    return ok
  } catch {
    return false
  }
}
