import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres, type PostgresServer } from '@ac/embedded-postgres'

const DATA = fileURLToPath(new URL('../../../.data', import.meta.url))

/** A durable PostgreSQL whose life can be disturbed. It comes back on the same port and the same data. */
export class DatabaseServer {
  readonly #dataDirectory = join(DATA, `disturbed-${process.pid}`)
  #server: PostgresServer | undefined

  async start(): Promise<void> {
    this.#server = await startPostgres({
      dataDirectory: this.#dataDirectory,
      durable: true,
      ...(this.#server && { port: this.#server.port }),
    })
  }

  get url(): string {
    return this.#running.url
  }

  get port(): number {
    return this.#running.port
  }

  /** Where a tablespace may be made: the server's account owns it. */
  get dataDirectory(): string {
    return this.#running.dataDirectory
  }

  /** As an operator stops it: sessions are ended, data is written. */
  stop(): Promise<void> {
    return this.#running.stop()
  }

  /** As the kernel does when memory runs out: the postmaster and every backend at once. */
  async kill(): Promise<void> {
    this.#signalAll('SIGKILL')
    await this.#running.exited
  }

  /** Stops every process of it where it stands; connections stay open. */
  freeze(): void {
    this.#signalAll('SIGSTOP')
  }

  thaw(): void {
    this.#signalAll('SIGCONT')
  }

  /** Each backend leads a process group of its own, so they are found by their parent. The postmaster comes first. */
  #signalAll(signal: NodeJS.Signals): void {
    const { pid } = this.#running
    process.kill(pid, signal)
    for (const child of childrenOf(pid)) sendIfThere(child, signal)
  }

  /** Stops it and deletes its data. */
  async discard(): Promise<void> {
    await this.stop()
    await rm(this.dataDirectory, { recursive: true, force: true })
  }

  get #running(): PostgresServer {
    if (!this.#server) throw new Error('the database server was not started')
    return this.#server
  }
}

const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number)

/** The parent's process id, field 4 of proc_pid_stat(5); `undefined` when the process is gone. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

/** A backend may have ended since it was listed. */
function sendIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
