import { randomBytes } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres, type PostgresServer } from '@ac/embedded-postgres'
import { afterAll, beforeAll } from '@jest/globals'
import { runSql } from './run-sql.ts'

/** A server that a spec may break. Usable in hooks and tests. */
export interface OwnServer {
  /** The superuser's URL of the database `postgres`. */
  url(): string
  /** Where its data is; files of ours may be put there. */
  dataDirectory(): string
  /** Ends it in good order and starts it again on the same port, with these settings besides its own. */
  restart(settings?: Readonly<Record<string, string>>): Promise<void>
  /** Ends it as a crash of the machine would, and resolves when it has ended. */
  kill(): Promise<void>
  /** Stops the clock of the postmaster and of these backends; they keep every connection open. */
  freeze(backends: readonly number[]): void
  /** Lets what was frozen go on. */
  thaw(): void
}

/** Gives the calling spec file a server of its own, which ends and is deleted after its last test. */
export function useOwnServer(): OwnServer {
  const directory = join(scratchFolder(), `ac-postgres-spec-${randomBytes(8).toString('hex')}`)
  let server: PostgresServer | undefined
  let frozen: readonly number[] = []
  const running = (): PostgresServer => {
    if (!server) throw new Error('the server runs in hooks and tests only')
    return server
  }
  const start = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    const port = server ? { port: server.port } : {}
    server = await startPostgres({ dataDirectory: directory, durable: false, settings, ...port })
  }
  const thaw = (): void => {
    for (const pid of frozen) process.kill(pid, 'SIGCONT')
    frozen = []
  }
  beforeAll(() => start(), 60_000)
  afterAll(async () => {
    thaw()
    await server?.stop()
    await rm(server?.dataDirectory ?? directory, { recursive: true, force: true })
  }, 60_000)
  return {
    url: () => running().url,
    dataDirectory: () => running().dataDirectory,
    restart: async (settings) => {
      await running().stop()
      await start(settings)
    },
    kill: async () => {
      // A backend that is waiting for its client may serve one more query before it notices that the postmaster is gone.
      const backends = await runSql(running().url, 'select pid from pg_stat_activity where pid <> pg_backend_pid()')
      process.kill(running().pid, 'SIGKILL')
      for (const { pid } of backends) killIfThere(Number(pid))
      await running().exited
    },
    freeze: (backends) => {
      frozen = [running().pid, ...backends]
      for (const pid of frozen) process.kill(pid, 'SIGSTOP')
    },
    thaw,
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function scratchFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK | constants.X_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}
