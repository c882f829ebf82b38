import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, jest } from '@jest/globals'
import { ask, useServers } from '../test/use-servers.ts'
import { PASSWORD_FILE } from './cluster/superuser-password.ts'
import { DataDirectoryInUse } from './errors.ts'

jest.setTimeout(60_000)

const servers = useServers()

describe('startPostgres', () => {
  it('makes a UTF-8 cluster that listens on loopback alone and wants the password', async () => {
    const steps: string[] = []
    const server = await servers.start('new/deep', { onProgress: (step) => steps.push(step) })
    const url = (rest: string): string => `postgresql://postgres${rest}@127.0.0.1:${server.port}/postgres`
    expect(server.dataDirectory).toBe(servers.path('new/deep'))
    expect(steps).toEqual([`making a PostgreSQL 18 cluster in ${server.dataDirectory}`])
    expect(await ask(server.url, 'SHOW server_encoding')).toBe('UTF8')
    expect(await ask(server.url, 'SELECT datlocale FROM pg_database LIMIT 1')).toBe('C.UTF-8')
    expect(await ask(server.url, 'SHOW listen_addresses')).toBe('127.0.0.1')
    expect(await ask(server.url, 'SHOW unix_socket_directories')).toBe('')
    await expect(ask(url(':wrong'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect((await stat(join(server.dataDirectory, PASSWORD_FILE))).mode & 0o777).toBe(0o600)
    expect((await stat(server.dataDirectory)).mode & 0o777).toBe(0o700)
  })

  it('reuses the data and the password at the next start, on the port that is asked', async () => {
    await mkdir(servers.path('reused'))
    const first = await servers.start('reused')
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42')
    await first.stop()
    await first.stop()
    expect(await first.exited).toMatchObject({ exitCode: 0, signal: undefined })
    const second = await servers.start('reused', { port: first.port })
    expect(second.url).toBe(first.url)
    expect(await ask(second.url, 'TABLE kept')).toBe(42)
    await second.stop()
  })

  it('gives the server no variable of this process, no password on its command line and no Ctrl-C', async () => {
    process.env['AC_HASH_SECRET'] = 'not-for-the-database'
    process.env['PGPORT'] = '1'
    try {
      const server = await servers.start('reused')
      const { stdout } = await promisify(execFile)('ps', ['eww', '-o', 'pgid=,command=', '-p', String(server.pid)])
      expect(stdout).toContain('LC_ALL=C')
      expect(stdout).not.toMatch(/AC_HASH_SECRET|not-for-the-database|PGPORT/)
      expect(stdout).not.toContain(new URL(server.url).password)
      expect(Number.parseInt(stdout, 10)).toBe(server.pid)
      await server.stop()
    } finally {
      delete process.env['AC_HASH_SECRET']
      delete process.env['PGPORT']
    }
  })

  it('waits for the disk only when the data must be durable', async () => {
    const fast = await servers.start('reused')
    expect(await ask(fast.url, 'SHOW fsync')).toBe('off')
    await fast.stop()
    const safe = await servers.start('reused', { durable: true, settings: { work_mem: '5MB' } })
    expect(await ask(safe.url, 'SHOW fsync')).toBe('on')
    expect(await ask(safe.url, 'SHOW synchronous_commit')).toBe('on')
    expect(await ask(safe.url, 'SHOW work_mem')).toBe('5MB')
    await safe.stop()
  })

  it('tells that a killed server is gone, and starts again over its stale lock file', async () => {
    const first = await servers.start('killed', { durable: true })
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42')
    process.kill(first.pid, 'SIGKILL')
    expect(await first.exited).toMatchObject({ signal: 'SIGKILL' })
    expect(await readdir(first.dataDirectory)).toContain('postmaster.pid')
    const second = await servers.start('killed', { durable: true })
    expect(await ask(second.url, 'TABLE kept')).toBe(42)
  })

  it('lets one of two simultaneous first starts win', async () => {
    const starts = await Promise.allSettled([servers.start('contested'), servers.start('contested')])
    expect(starts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(starts.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(DataDirectoryInUse) })
    const beside = await readdir(servers.path('.'))
    expect(beside.filter((name) => name.startsWith('contested'))).toEqual(['contested'])
  })

  it('removes what a killed first start left beside the data directory', async () => {
    const { stdout } = await promisify(execFile)('sh', ['-c', 'echo $$'])
    await mkdir(servers.path(`swept.initdb-${stdout.trim()}-00000000`))
    await mkdir(servers.path(`swept.initdb-${process.pid}-00000000`))
    await servers.start('swept')
    const beside = await readdir(servers.path('.'))
    expect(beside.filter((name) => name.startsWith('swept.'))).toEqual([`swept.initdb-${process.pid}-00000000`])
  })

  it('deletes disposable data when the server is stopped, and when it never started', async () => {
    const server = await servers.start('disposable', { disposable: true })
    expect(await readFile(join(server.dataDirectory, 'PG_VERSION'), 'utf8')).toBe('18\n')
    await server.stop()
    await expect(stat(server.dataDirectory)).rejects.toMatchObject({ code: 'ENOENT' })
    const failing = servers.start('disposable', { disposable: true, settings: { no_such_setting: '1' } })
    await expect(failing).rejects.toMatchObject({ code: 'start_failed' })
    await expect(stat(servers.path('disposable'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
