import { Secret, Unavailable } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { afterEach, describe, expect, it } from '@jest/globals'
import { Client } from 'pg'
import { ask } from '../../test/ask.ts'
import { eventually } from '../../test/eventually.ts'
import { otherUrl, runSql } from '../../test/run-sql.ts'
import { settingsFor } from '../../test/settings.ts'
import { TcpProxy } from '../../test/tcp-proxy.ts'
import { useOwnServer } from '../../test/use-own-server.ts'
import { SessionPool } from './session-pool.ts'

const server = useOwnServer()
const pools: SessionPool[] = []
const proxies: TcpProxy[] = []

function open(url: Secret = new Secret(server.url()), poolSize = 5): SessionPool {
  const limits = { poolSize, acquireTimeoutMs: 1000, statementTimeoutMs: 5000 }
  const pool = new SessionPool({ ...settingsFor(server.url(), limits), url }, new RecordingLog())
  pools.push(pool)
  return pool
}

async function throughProxy(): Promise<{ proxy: TcpProxy; pool: SessionPool }> {
  const proxy = await TcpProxy.before(server.url())
  proxies.push(proxy)
  return { proxy, pool: open(new Secret(proxy.through(server.url())), 20) }
}

afterEach(async () => {
  for (const proxy of proxies.splice(0)) proxy.close()
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})

const failureOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => undefined,
    (error: unknown) => error,
  )
const answers = async (pool: SessionPool) => (await failureOf(ask(pool, 'select 1'))) === undefined

/** Takes every connection that the server has left, and gives them back. */
async function exhaust(): Promise<() => Promise<void>> {
  const taken: Client[] = []
  for (;;) {
    const client = new Client({ connectionString: server.url() })
    client.on('error', () => undefined)
    try {
      await client.connect()
      taken.push(client)
    } catch (error) {
      expect(error).toMatchObject({ code: '53300' })
      return async () => void (await Promise.all(taken.map((each) => each.end())))
    }
  }
}

describe('a server that has no connection left', () => {
  it('serves on those that the pool has, and gives it more when there are', async () => {
    await server.restart({ max_connections: '12' })
    const pool = open()
    await Promise.all([1, 2].map(() => ask(pool, 'select pg_sleep(0.05)')))
    const giveBack = await exhaust()
    const many = Array.from({ length: 20 }, (_, number) => ask(pool, `select ${number} as number, pg_sleep(0.01)`))
    expect((await Promise.all(many)).flat().map((row) => row['number'])).toEqual(many.map((_, number) => number))
    await giveBack()
    await eventually(async () => {
      const pids = await Promise.allSettled(
        Array.from({ length: 5 }, () => ask(pool, 'select pg_backend_pid() as pid, pg_sleep(0.1)')),
      )
      return new Set(pids.map((each) => each.status === 'fulfilled' && each.value[0]?.['pid'])).size === 5
    })
  })

  it('is unavailable to a pool that has none, at once, until there are some', async () => {
    await server.restart({ max_connections: '12' })
    const pool = open()
    const giveBack = await exhaust()
    expect(await failureOf(ask(pool, 'select 1'))).toMatchObject({
      constructor: Unavailable,
      cause: { code: '53300' },
    })
    await giveBack()
    await eventually(() => answers(pool))
    await server.restart()
  })
})

describe('a password that is changed', () => {
  it('is known to every connection that is opened after its file was', async () => {
    await runSql(server.url(), `create role login_of_service superuser login password 'old'`)
    let password = 'old'
    class Mounted extends Secret {
      override reveal(): string {
        const url = new URL(otherUrl(server.url(), { user: 'login_of_service' }))
        url.password = password
        return url.href
      }
    }
    const pool = open(new Mounted(''))
    expect(await answers(pool)).toBe(true)
    await runSql(server.url(), `alter role login_of_service password 'new'`)
    // What is open stays open.
    expect(await answers(pool)).toBe(true)
    await runSql(
      server.url(),
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'login_of_service'`,
    )
    await eventually(async () => (await failureOf(ask(pool, 'select 1'))) !== undefined)
    expect(await failureOf(ask(pool, 'select 1'))).toMatchObject({ cause: { code: '28P01' } })
    password = 'new'
    await eventually(() => answers(pool))
  })

  it('is not used when what is in its file weakens the connection', async () => {
    let url = server.url()
    class Mounted extends Secret {
      override reveal(): string {
        return url
      }
    }
    const pool = open(new Mounted(''), 1)
    expect(await answers(pool)).toBe(true)
    url = `${server.url()}?sslmode=disable`
    const session = await pool.connect()
    session.release(true)
    expect(await failureOf(ask(pool, 'select 1'))).toMatchObject({
      constructor: Unavailable,
      cause: { message: expect.stringContaining('sslmode may only be verify-full') },
    })
    url = server.url()
    await eventually(() => answers(pool))
  })
})

describe('a server that goes away under load', () => {
  it('is asked by few connections at a time, however many callers there are, and serves all of them when it is back', async () => {
    const { proxy, pool } = await throughProxy()
    await Promise.all(Array.from({ length: 20 }, () => ask(pool, 'select pg_sleep(0.05)')))
    await server.kill()
    // Its processes notice one after the other.
    await eventually(async () => !(await answers(pool)))
    const before = proxy.accepted
    const begin = performance.now()
    let calls = 0
    while (performance.now() - begin < 3000) {
      const ends = await Promise.allSettled(Array.from({ length: 50 }, () => ask(pool, 'select 1')))
      expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
      calls += ends.length
    }
    expect(calls).toBeGreaterThan(200)
    // A pause of half a second at most, of which a random half may be missing.
    expect(proxy.accepted - before).toBeLessThan(20)
    await server.restart()
    await eventually(() => answers(pool))
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => ask(pool, 'select 1')))
    expect(all.every(({ status }) => status === 'fulfilled')).toBe(true)
  })
})

describe('a primary that became a standby', () => {
  it('is left by every connection at once, met by few new ones, and written to again when it is primary', async () => {
    const { proxy, pool } = await throughProxy()
    await runSql(server.url(), 'create table written (at timestamptz)')
    const write = () => ask(pool, 'insert into written values (now())')
    await Promise.all(Array.from({ length: 20 }, () => ask(pool, 'select pg_sleep(0.05)')))
    await server.restart({ default_transaction_read_only: 'on' })
    await eventually(async () => (await failureOf(write())) !== undefined)
    const before = proxy.accepted
    const begin = performance.now()
    while (performance.now() - begin < 3000) await Promise.allSettled(Array.from({ length: 10 }, write))
    // The burst that the gate lets through, and then five a second.
    expect(proxy.accepted - before).toBeLessThan(70)
    await server.restart()
    await eventually(async () => (await failureOf(write())) === undefined)
  })
})
