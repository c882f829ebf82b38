import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, startPostgres, type PostgresServer } from '@ac/embedded-postgres'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from './eventually.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { ServiceDatabase } from './service-database.ts'
import { get, requestToken } from './token-request.ts'

let server: PostgresServer
let database: ServiceDatabase
let service: RunningService
let client: RegisteredClient
let keySet: string

const start = (port = 0) => {
  const dataDirectory = server?.dataDirectory ?? join(tmpdir(), `ac-database-lost-${randomBytes(8).toString('hex')}`)
  return startPostgres({ dataDirectory, port, durable: false })
}
const token = () => requestToken(service.api, client)
const jwks = () => get(`${service.api}/.well-known/jwks.json`)
const ready = () => get(`${service.management}/ready`)

beforeAll(async () => {
  server = await start()
  database = new ServiceDatabase((await createTestDatabase(server.url)).url)
  await database.migrate()
  service = await startService(database.url)
  client = await database.register()
  keySet = (await jwks()).text
}, 60_000)

afterAll(async () => {
  await service.stop()
  await database.close()
  await server.stop()
  await rm(server.dataDirectory, { recursive: true })
})

describe('when the database is lost', () => {
  beforeAll(() => server.stop())

  it('no token is given out, and a client is told to come back', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, token))
    for (const { status, headers, json } of answers) {
      expect({ status, error: json['error'] }).toEqual({ status: 503, error: 'temporarily_unavailable' })
      expect(headers.get('retry-after')).toMatch(/^\d+$/)
    }
  })

  it('the service says that it is not ready, but alive', async () => {
    await eventually('it is not ready', async () => (await ready()).status === 503)
    expect((await ready()).json).toMatchObject({ status: 'not_ready', database: 'unavailable', shutting_down: false })
    expect((await get(`${service.management}/health`)).status).toBe(200)
  })

  it('verifiers find keys and metadata as before', async () => {
    expect(await jwks()).toMatchObject({ status: 200, text: keySet })
    expect((await get(`${service.api}/.well-known/oauth-authorization-server`)).status).toBe(200)
  })

  it('all of it comes back with the database, in the same process', async () => {
    server = await start(server.port)
    await eventually('a token is given out', async () => (await token()).status === 200)
    await eventually('it is ready', async () => (await ready()).status === 200)
    expect((await jwks()).text).toBe(keySet)
    expect(service.process.running).toBe(true)
  })
})

describe('the log of a service that lost its database', () => {
  it('tells of the loss once, and of the return', async () => {
    const lines = ['the database does not answer: not ready', 'the database answers and takes writes again']
    const told = () =>
      service.process
        .log()
        .map(({ msg }) => msg)
        .filter((msg) => lines.includes(msg))
    await eventually('it tells of the return', () => told().length > 1)
    expect(told()).toEqual(lines)
  })

  it('holds nothing that nobody foresaw', () => {
    expect(service.process.log().filter(({ level }) => level === 'error')).toEqual([])
    expect(service.process.stderr).toBe('')
  })
})
