import { afterAll, beforeAll } from '@jest/globals'
import type { TestDatabase } from '../test-database.ts'
import { createTestDatabase } from '../test-database.ts'
import { SERVER_URL_VARIABLE } from './running-server.ts'

/** What a spec sees of its database: usable in hooks and tests, not while the file is read. */
export interface UsedTestDatabase {
  /** @throws {Error} called before the first hook ran */
  url(): string
}

/**
 * Gives the calling `describe` block, or the whole spec file, an empty database of its own: made before its first test
 * and hook registered later, dropped after its last.
 */
export function useTestDatabase(): UsedTestDatabase {
  let database: TestDatabase | undefined
  beforeAll(async () => {
    database = await createTestDatabase(testServerUrl())
  }, 30_000)
  afterAll(async () => {
    await database?.drop()
  }, 30_000)
  return {
    url: () => {
      if (database === undefined) throw new Error('the test database exists in hooks and tests only')
      return database.url
    },
  }
}

/** The URL of the run's server, for a spec that makes its databases itself. */
export function testServerUrl(): string {
  const url = process.env[SERVER_URL_VARIABLE]
  if (url) return url
  throw new Error(
    `${SERVER_URL_VARIABLE} is not set: name the spec .db.spec.ts or .e2e.spec.ts, and let its project's Jest ` +
      'configuration use @ac/embedded-postgres/jest/global-setup',
  )
}
