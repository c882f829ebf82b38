import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from '../account.ts'
import type { Binaries } from '../binaries/locate-binaries.ts'
import { childOptions } from '../child-process.ts'
import { NotReadyInTime } from '../errors.ts'
import { LogTail } from '../log-tail.ts'
import { explainEnd } from './explain-end.ts'
import { guard } from './guard.ts'
import { stopProcess } from './stop-process.ts'

const POLL_MS = 20
/** Line of postmaster.pid, counted from 0, where a postmaster tells its state; pg_ctl reads the same. */
const STATUS_LINE = 7

/** @internal */
export interface Launch {
  readonly binaries: Binaries
  readonly directory: string
  readonly account: Account | undefined
  readonly port: number
  readonly settings: Readonly<Record<string, string>>
  readonly disposable: boolean
  readonly limitMs: number
}

/** How a server ended. */
export interface ServerExit {
  readonly exitCode: number | undefined
  readonly signal: NodeJS.Signals | undefined
  /** What it wrote last: at most 20 lines. */
  readonly log: string
}

/** @internal A postmaster that accepts connections. */
export interface Launched {
  readonly child: ChildProcess
  readonly pid: number
  readonly exited: Promise<ServerExit>
}

/**
 * Starts the postmaster and waits until it accepts connections.
 * @throws {EmbeddedPostgresError} it ended or was not ready in time; then nothing runs any more
 */
export async function launch(wanted: Launch): Promise<Launched> {
  const { binaries, account, directory } = wanted
  const child = spawn(binaries.postgres, argumentsOf(wanted), {
    ...childOptions(account),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const log = new LogTail()
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => log.append(chunk))
  const closed = new Promise((resolve) => void child.once('close', resolve))
  const exited = new Promise((resolve) => void child.once('exit', resolve)).then(() => exitOf(child, log))
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  const watcher = guard(pid, wanted.disposable ? directory : undefined)
  void exited.then(() => watcher.dismiss())
  const deadline = Date.now() + wanted.limitMs
  while (!(await isReady(directory, pid))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      await Promise.race([closed, delay(1000, undefined, { ref: false })])
      throw explainEnd(directory, wanted.port, log)
    }
    if (Date.now() > deadline) {
      await stopProcess(child)
      throw new NotReadyInTime('PostgreSQL', wanted.limitMs, log.lastLines)
    }
    await delay(POLL_MS)
  }
  return { child, pid, exited }
}

function argumentsOf({ directory, port, settings }: Launch): readonly string[] {
  const all = { ...settings, listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' }
  return ['-D', directory, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

async function isReady(directory: string, pid: number): Promise<boolean> {
  const lines = (await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return lines[0] === String(pid) && lines[STATUS_LINE]?.trim() === 'ready'
}

function exitOf(child: ChildProcess, log: LogTail): ServerExit {
  return { exitCode: child.exitCode ?? undefined, signal: child.signalCode ?? undefined, log: log.lastLines }
}
