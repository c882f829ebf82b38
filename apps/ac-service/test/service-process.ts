import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { eventually } from './eventually.ts'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** One line of the service's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string }

/** The built service as a process of its own, with all that it says. */
export class ServiceProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  #stdout = ''
  #stderr = ''

  /** @param nodeArguments what `node` is told besides the program */
  constructor(env: Readonly<Record<string, string>>, nodeArguments: readonly string[] = []) {
    this.#child = spawn(process.execPath, [...nodeArguments, MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (this.#stdout += chunk))
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (this.#stderr += chunk))
    this.#ended = once(this.#child, 'close')
  }

  /** Everything it wrote so far. */
  get output(): string {
    return this.#stdout + this.#stderr
  }

  get stderr(): string {
    return this.#stderr
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  log(): readonly LogLine[] {
    const complete = this.#stdout.slice(0, this.#stdout.lastIndexOf('\n') + 1)
    return complete
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LogLine)
  }

  /** The first log line of that message, as soon as it is there. */
  logged(msg: string): Promise<LogLine> {
    return eventually(`the log says "${msg}"`, () => {
      const line = this.log().find((candidate) => candidate.msg === msg)
      if (!line && !this.running) throw new Error(`the service ended before it said "${msg}":\n${this.output}`)
      return line
    })
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** The exit code, or the signal that ended it, once it has ended and all it wrote is read. */
  async exited(): Promise<number | string | null> {
    await this.#ended
    return this.#child.exitCode ?? this.#child.signalCode
  }

  /** Ends it, whatever state it is in. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }
}
