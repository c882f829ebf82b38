import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ROOT } from '../src/run-step.ts'
import { eventually } from './start-eventually.ts'
import { descendants, listProcesses, type Listed } from './start-processes.ts'

export const START = join(ROOT, 'infra/dev/src/start.ts')

/** What the announcement of a start tells. */
export interface Announced {
  readonly api: string
  readonly management: string
  readonly clientId: string
  readonly clientSecret: string
  /** A command line for a shell. */
  readonly curl: string
}

/** Who runs a start, when that is not this process' own user. */
export interface User {
  readonly uid?: number
  readonly gid?: number
}

/** What `npm start` runs, as a process in a group of its own, as a shell makes one: with all that it says. */
export class StartProcess {
  readonly #child: ChildProcess
  readonly #closed: Promise<unknown>
  readonly #seen = new Map<number, string>()
  stdout = ''
  stderr = ''

  constructor(env: NodeJS.ProcessEnv, user: User = {}) {
    this.#child = spawn(process.execPath, ['-C', '@ac/source', START], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...user,
    })
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (this.stdout += chunk))
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (this.stderr += chunk))
    this.#closed = once(this.#child, 'close')
  }

  /** Resolves when it has said so. */
  async said(words: string): Promise<void> {
    await eventually(`the start says "${words}"`, () => {
      if (this.stdout.includes(words)) return true
      if (this.#hasEnded) throw new Error(`the start ended before it said "${words}":\n${this.stdout}${this.stderr}`)
      return false
    })
  }

  /** Resolves when the service runs, and everything that belongs to it has been noted for {@link leftNothing}. */
  async announced(): Promise<Announced> {
    await this.said('Ctrl-C stops everything')
    await this.note()
    return {
      api: this.#told(/^ {2}API +(\S+)$/m),
      management: this.#told(/^ {2}Management +(\S+)$/m),
      clientId: this.#told(/^ {2}client_id +(\S+)$/m),
      clientSecret: this.#told(/^ {2}client_secret +(\S+)$/m),
      curl: this.#told(/^ {2}(curl .*)$/m),
    }
  }

  /** Notes every process that it has started, directly or not, and that is alive. */
  async note(): Promise<readonly Listed[]> {
    const found = await descendants(this.#child.pid ?? 0)
    for (const { pid, command } of found) this.#seen.set(pid, command)
    return found
  }

  /** Resolves when none of the noted processes is alive any more. */
  async leftNothing(): Promise<void> {
    await eventually('all that the start had started is gone', async () => (await this.#left()).length === 0)
  }

  /** Ends the start and whatever it should have ended itself. */
  async clear(): Promise<void> {
    this.#child.kill('SIGTERM')
    await this.ended()
    for (const { pid, command } of await this.#left()) {
      if (this.#seen.get(pid) === command) process.kill(pid, 'SIGKILL')
    }
    await this.#closed
  }

  /** Signals this process alone. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Signals the whole group, as a terminal does at Ctrl-C and when it is closed. */
  signalGroup(name: NodeJS.Signals): void {
    process.kill(-(this.#child.pid ?? 0), name)
  }

  /** Stops reading what it writes, as a terminal that is gone. */
  hangUp(): void {
    this.#child.stdout?.destroy()
    this.#child.stderr?.destroy()
  }

  /** The exit code, or the signal that ended it. */
  async ended(): Promise<number | string | null> {
    if (!this.#hasEnded) await once(this.#child, 'exit')
    return this.#child.exitCode ?? this.#child.signalCode
  }

  /** {@link ended}, once nothing that it started can write to its output any more. */
  async closed(): Promise<number | string | null> {
    await this.#closed
    return this.ended()
  }

  async #left(): Promise<readonly Listed[]> {
    const running = await listProcesses()
    return running.filter(({ pid }) => this.#seen.has(pid))
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  #told(pattern: RegExp): string {
    const [, found] = pattern.exec(this.stdout) ?? []
    if (found === undefined) throw new Error(`the announcement has nothing like ${pattern}:\n${this.stdout}`)
    return found
  }
}
