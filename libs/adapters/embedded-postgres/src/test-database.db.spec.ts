import { describe, expect, it } from '@jest/globals'
import { Client } from 'pg'
import { ask } from '../test/use-servers.ts'
import { testServerUrl, useTestDatabase } from './jest/use-test-database.ts'
import { createTestDatabase, dropTestDatabase } from './test-database.ts'

const count = (name: string): Promise<unknown> =>
  ask(testServerUrl(), `SELECT count(*)::int FROM pg_database WHERE datname = '${name}'`)

describe('createTestDatabase', () => {
  it('makes an empty database of its own for each caller', async () => {
    const [one, other] = await Promise.all([createTestDatabase(testServerUrl()), createTestDatabase(testServerUrl())])
    expect(one.name).toMatch(/^ac_test_[0-9a-f]{16}$/)
    expect(other.name).not.toBe(one.name)
    await ask(one.url, 'CREATE TABLE mine()')
    expect(await ask(one.url, 'SELECT current_database()')).toBe(one.name)
    expect(await ask(other.url, "SELECT to_regclass('mine')")).toBeNull()
    await Promise.all([one.drop(), other.drop()])
    expect(await count(one.name)).toBe(0)
  })

  it('drops a database that is still in use, and does not mind one that is gone', async () => {
    const database = await createTestDatabase(testServerUrl())
    const session = new Client(database.url)
    const ended = new Promise((resolve) => void session.on('error', resolve))
    await session.connect()
    await database.drop()
    expect(await ended).toMatchObject({ code: '57P01' })
    await database.drop()
    expect(await count(database.name)).toBe(0)
  })
})

describe('dropTestDatabase', () => {
  it.each([
    'postgres',
    'ac',
    'ac_test_',
    'ac_test_0123456789abcde',
    'ac_test_0123456789abcdef; DROP DATABASE postgres',
  ])('refuses %s', async (name) => {
    await expect(dropTestDatabase(testServerUrl(), name)).rejects.toMatchObject({ code: 'foreign_database' })
  })
})

describe('useTestDatabase', () => {
  const database = useTestDatabase()
  let seen = ''

  it('gives a block a database of its own', async () => {
    seen = database.url()
    expect(await ask(seen, 'SELECT current_database()')).toMatch(/^ac_test_/)
  })

  it('keeps it for the whole block', () => {
    expect(database.url()).toBe(seen)
  })
})
