import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { localEnvironment, localVariables } from '../src/start/environment.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ac-start-environment-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const addresses = {
  http: { port: '1', url: 'http://127.0.0.1:1' },
  management: { port: '2', url: 'http://127.0.0.1:2' },
}

describe('localVariables', () => {
  it('takes nothing of the caller that belongs to another database', () => {
    const others = {
      DATABASE_URL: 'x',
      DATABASE_URL_FILE: 'x',
      AC_MASTER_KEY_FILE: 'x',
      AC_DATABASE_TLS: 'verify-full',
    }
    expect(localVariables(others)).toEqual(localVariables({}))
    expect(localVariables({})).toMatchObject({ AC_DATABASE_TLS: 'disable' })
  })

  it('lets the caller change everything else, and takes an empty text for nothing said', () => {
    expect(localVariables({ AC_HTTP_HOST: '::1', AC_LOG_LEVEL: '', AC_REGION: 'x' })).toMatchObject({
      AC_HTTP_HOST: '::1',
      AC_LOG_LEVEL: 'warn',
      AC_REGION: 'x',
    })
  })
})

describe('localEnvironment', () => {
  it('names files instead of holding secrets', async () => {
    const env = await localEnvironment(folder, 'postgresql://secret', localVariables({}), addresses)
    expect(Object.values(env)).not.toContain('postgresql://secret')
    expect(readFileSync(env['DATABASE_URL_FILE'] ?? '', 'utf8')).toBe('postgresql://secret')
    expect(Object.keys(env)).toEqual(expect.arrayContaining(['AC_MASTER_KEY_FILE', 'AC_HASH_SECRET_FILE']))
    expect(env).not.toHaveProperty('AC_MASTER_KEY')
  })

  it('makes keys once, and follows the database from start to start', async () => {
    const before = await localEnvironment(folder, 'postgresql://one', localVariables({}), addresses)
    const keys = ['AC_MASTER_KEY_FILE', 'AC_HASH_SECRET_FILE'].map((name) => readFileSync(before[name] ?? '', 'utf8'))
    const after = await localEnvironment(folder, 'postgresql://two', localVariables({}), addresses)
    expect(after).toEqual(before)
    expect(['master-key', 'hash-secret'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(keys)
    expect(readFileSync(join(folder, 'database-url'), 'utf8')).toBe('postgresql://two')
    for (const key of keys) expect(Buffer.from(key, 'base64')).toHaveLength(32)
    expect(keys[0]).not.toBe(keys[1])
  })

  it('is its own issuer unless the caller names one', async () => {
    const env = (given: NodeJS.ProcessEnv) => localEnvironment(folder, 'x', localVariables(given), addresses)
    expect(await env({})).toMatchObject({ AC_ISSUER: 'http://127.0.0.1:1' })
    expect(await env({ AC_ISSUER: 'https://ac.test' })).toMatchObject({ AC_ISSUER: 'https://ac.test' })
  })
})
