import { randomBytes } from 'node:crypto'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'
import { Client } from 'pg'
import type { PostgresOptions, PostgresServer } from '../src/start-postgres.ts'
import { startPostgres } from '../src/start-postgres.ts'
import { scratchFolder } from '../src/test-server/scratch-folder.ts'

/** A folder for the data directories of one spec file, and servers that are stopped when its tests are over. */
export interface UsedServers {
  path(name: string): string
  /** Starts a server that does not wait for the disk. */
  start(name: string, options?: Partial<PostgresOptions>): Promise<PostgresServer>
}

export function useServers(): UsedServers {
  const started: PostgresServer[] = []
  let folder = ''
  beforeAll(async () => {
    folder = join(await scratchFolder(), `ac-servers-${randomBytes(8).toString('hex')}`)
    await mkdir(folder)
    await chmod(folder, 0o755)
  })
  afterAll(async () => {
    await Promise.all(started.map((server) => server.stop()))
    await rm(folder, { recursive: true, force: true })
  })
  return {
    path: (name) => join(folder, name),
    start: async (name, options) => {
      const server = await startPostgres({ dataDirectory: join(folder, name), durable: false, ...options })
      started.push(server)
      return server
    },
  }
}

/** The first column of the first row of a statement's result, on a connection of its own. */
export async function ask(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}
