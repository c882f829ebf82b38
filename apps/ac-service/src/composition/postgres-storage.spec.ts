import { Unavailable } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { postgresStorage, type PostgresStorageDeps } from './postgres-storage.ts'

/** A storage of which only what it purges is there. */
function purging(limiter: () => Promise<void>, revocations: () => Promise<void>) {
  const deps: Partial<PostgresStorageDeps> = { limiter: { purge: limiter }, revocations: { purge: revocations } }
  return postgresStorage(deps as PostgresStorageDeps)
}

describe('a purge of the storage', () => {
  it('takes failure counts and revocations, each whatever becomes of the other', async () => {
    const purged: string[] = []
    const failure = new Unavailable('database')
    const named = (name: string, fails: boolean) => async () => {
      await Promise.resolve()
      purged.push(name)
      if (fails) throw failure
    }
    await purging(named('counts', false), named('revocations', false)).purge()
    await expect(purging(named('counts', true), named('revocations', false)).purge()).rejects.toBe(failure)
    await expect(purging(named('counts', false), named('revocations', true)).purge()).rejects.toBe(failure)
    expect(purged).toEqual(['counts', 'revocations', 'counts', 'revocations', 'counts', 'revocations'])
  })
})
