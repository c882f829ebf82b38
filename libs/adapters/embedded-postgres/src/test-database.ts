import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { ForeignDatabase } from './errors.ts'

/** An empty database for one spec file. */
export interface TestDatabase {
  /** The server's URL with this database in place of its own. A secret. */
  readonly url: string
  /** `ac_test_` and 16 random hex digits. */
  readonly name: string
  /** Deletes the database, ending the sessions in it. May be called twice. */
  drop(): Promise<void>
}

/** Makes a database under a random name, on a server whose user may create one. */
export async function createTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `ac_test_${randomBytes(8).toString('hex')}`
  await run(serverUrl, `CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, name, drop: () => dropTestDatabase(serverUrl, name) }
}

/**
 * Deletes a database that {@link createTestDatabase} made, ending the sessions in it; does nothing if it is gone.
 * @throws {ForeignDatabase} the name is not one of a test database
 */
export async function dropTestDatabase(serverUrl: string, name: string): Promise<void> {
  if (!/^ac_test_[0-9a-f]{16}$/.test(name)) throw new ForeignDatabase(name)
  await run(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

async function run(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 })
  // A connection lost while idle must not end the process; the statement that needs it fails anyway.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
